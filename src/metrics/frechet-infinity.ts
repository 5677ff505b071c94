import { failed, type Outcome, ok } from '../core/outcome.js';
import { float64Of, type NumericMatrix } from '../linalg/matrix.js';
import { frechetFromStatistics, statisticsWarnings } from './frechet-distance.js';
import { gaussianStatistics } from './gaussian-statistics.js';
import {
  type ExtrapolatedDistance,
  type ExtrapolationOptions,
  extrapolateResamples,
} from './resampled-extrapolation.js';
import { resampledStatistics } from './resampled-statistics.js';

/**
 * Fréchet distance extrapolated to endless evaluated samples (Chong & Forsyth 2020, arXiv:1911.07023; for audio Gui et al. 2024,
 * arXiv:2311.01616, fadtk `score_inf`): its bias falls with 1/n, so the value of a line through resamples of growing size at 1/n = 0 is
 * nearly free of it. Rows are resampled with replacement: windows of one song belong together, which this does not know. Refuses and
 * warns as `extrapolateResamples` and the Fréchet distance do.
 */
export function frechetInfinity(
  reference: NumericMatrix,
  evaluated: NumericMatrix,
  options: ExtrapolationOptions,
): Outcome<ExtrapolatedDistance> {
  if (reference.columns !== evaluated.columns) {
    return failed(
      'dimensions-differ',
      `the reference set has ${reference.columns} columns, the evaluated set ${evaluated.columns}`,
    );
  }
  const baseline = gaussianStatistics(reference, 'the reference set');
  if (baseline.status !== 'ok') return baseline;
  const whole = gaussianStatistics(evaluated, 'the evaluated set');
  if (whole.status !== 'ok') return whole;
  const samples = float64Of(evaluated);
  const line = extrapolateResamples(
    samples.rows,
    (indices) => ok(frechetFromStatistics(baseline.value, resampledStatistics(samples, indices)).value),
    options,
  );
  if (line.status !== 'ok') return line;
  return ok(line.value, [
    ...(line.warnings ?? []),
    ...statisticsWarnings(baseline.value, 'the reference set'),
    ...statisticsWarnings(whole.value, 'the evaluated set'),
  ]);
}
