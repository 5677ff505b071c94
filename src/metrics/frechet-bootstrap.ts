import { failed, type Outcome, ok } from '../core/outcome.js';
import type { Rng } from '../core/rng.js';
import { float64Of, type NumericMatrix } from '../linalg/matrix.js';
import { mean } from '../stats/mean.js';
import { type Interval, percentileInterval } from '../stats/percentile-interval.js';
import { variance } from '../stats/variance.js';
import { frechetFromStatistics, statisticsWarnings } from './frechet-distance.js';
import { gaussianStatistics } from './gaussian-statistics.js';
import { resampledStatistics } from './resampled-statistics.js';

export interface FrechetBootstrapOptions {
  readonly resamples: number;
  /** Share of the interval, 0.95 if left out. */
  readonly level?: number;
  /** Draws as many rows as there are, resample after resample. */
  readonly rng: Pick<Rng, 'integer'>;
}

export interface FrechetBootstrap {
  /** The distance of the whole set. */
  readonly value: number;
  /** The distance of each resample: above `value` on the whole, never to be read as its distribution. */
  readonly resampled: readonly number[];
  readonly mean: number;
  readonly standardError: number;
  /** How much resampling alone moves the distance up. */
  readonly bias: number;
  /** The reflected (basic) interval, 2 value - quantiles: the only one given. */
  readonly interval: Interval;
}

/**
 * Bootstrap of the Fréchet distance over the rows of the evaluated set; the reference stays fixed. Rows drawn twice lower the rank and
 * push the distance up, so that percentiles of the resampled values can lie wholly above the value itself: the interval is reflected at
 * the value (Davison & Hinkley 1997, eq. 5.6). Refuses as the Fréchet distance does, and fewer than two resamples.
 */
export function frechetBootstrap(
  reference: NumericMatrix,
  evaluated: NumericMatrix,
  { resamples, level = 0.95, rng }: FrechetBootstrapOptions,
): Outcome<FrechetBootstrap> {
  if (resamples < 2) return failed('too-few-resamples', `an interval needs at least 2 resamples, got ${resamples}`);
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
  const { value } = frechetFromStatistics(baseline.value, whole.value);
  const resampled = Array.from({ length: resamples }, () => {
    const draws = Uint32Array.from({ length: samples.rows }, () => rng.integer(samples.rows));
    return frechetFromStatistics(baseline.value, resampledStatistics(samples, draws)).value;
  });
  return ok({ value, resampled, ...spreadOf(resampled, { value, level }) }, [
    ...statisticsWarnings(baseline.value, 'the reference set'),
    ...statisticsWarnings(whole.value, 'the evaluated set'),
  ]);
}

function spreadOf(
  resampled: readonly number[],
  { value, level }: { readonly value: number; readonly level: number },
): Pick<FrechetBootstrap, 'mean' | 'standardError' | 'bias' | 'interval'> {
  const average = mean(resampled);
  const { lower, upper } = percentileInterval(resampled, level);
  return {
    mean: average,
    standardError: Math.sqrt(variance(resampled)),
    bias: average - value,
    interval: { lower: 2 * value - upper, upper: 2 * value - lower },
  };
}
