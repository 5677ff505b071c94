import { mapOutcome, type Outcome } from '../core/outcome.js';
import { float64Of, type NumericMatrix } from '../linalg/matrix.js';
import { type KernelDistanceOptions, kernelDistance } from './kernel-distance.js';
import {
  type ExtrapolatedDistance,
  type ExtrapolationOptions,
  extrapolateResamples,
} from './resampled-extrapolation.js';
import { takeRows } from './take-rows.js';

/**
 * Kernel audio distance extrapolated to endless evaluated samples, as kadtk (fad.py, `score_inf`) does with the bandwidth
 * `evaluated-kadtk`: one from the evaluated set is taken anew from every resample. Resampling with replacement puts distances of 0 between duplicates into the sums, and the
 * estimate is unbiased at every size, so the line says little; it is here for comparison. Refuses and warns as `extrapolateResamples`
 * and `kernelDistance` do.
 */
export function kernelDistanceInfinity(
  reference: NumericMatrix,
  evaluated: NumericMatrix,
  options: KernelDistanceOptions & ExtrapolationOptions,
): Outcome<ExtrapolatedDistance> {
  const samples = float64Of(evaluated);
  return extrapolateResamples(
    samples.rows,
    (indices) => mapOutcome(kernelDistance(reference, takeRows(samples, indices), options), ({ value }) => value),
    options,
  );
}
