import type { Rng } from '../core/rng.js';
import { mean } from './mean.js';
import { hasNoSpread, standardErrorOfMean } from './variance.js';

/**
 * Two-sided p-value for "the mean difference is 0": the differences are shifted to mean 0 and resampled, and the share
 * of resamples with a t statistic at least as large as the observed one is (b + 1) / (B + 1), hence never 0
 * (Efron & Tibshirani 1993, ch. 16.4; Davison & Hinkley 1997, ch. 4). Dividing by each resample's own standard error
 * is what holds the error rate for a handful of clips. A resample without spread counts as extreme.
 *
 * Equal differences leave nothing to resample: 1 when they are 0, else the exact p-value of flipping signs, 2^(1-n),
 * but not below 1 / (B + 1). Throws for fewer than 2 differences.
 */
export function pairedBootstrapPValue(
  differences: readonly number[],
  options: { readonly resamples: number; readonly rng: Rng },
): number {
  const count = differences.length;
  if (count < 2) throw new RangeError(`a paired test needs at least 2 differences, got ${count}`);
  const centre = mean(differences);
  if (hasNoSpread(differences)) return centre === 0 ? 1 : Math.max(2 ** (1 - count), 1 / (options.resamples + 1));
  const observed = Math.abs(centre) / standardErrorOfMean(differences);
  const shifted = Float64Array.from(differences, (difference) => difference - centre);
  let extreme = 0;
  for (let resample = 0; resample < options.resamples; resample++) {
    if (resampledT(shifted, options.rng) >= observed) extreme++;
  }
  return (extreme + 1) / (options.resamples + 1);
}

/** |t| of one resample, in one pass: the values are centred already, so the sums do not cancel. */
function resampledT(centred: Float64Array, rng: Rng): number {
  const count = centred.length;
  const first = centred[rng.integer(count)] as number;
  let sum = 0;
  let squares = 0;
  // Around the first draw, so that a resample of one value only has a spread of exactly 0.
  for (let draw = 1; draw < count; draw++) {
    const offset = (centred[rng.integer(count)] as number) - first;
    sum += offset;
    squares += offset * offset;
  }
  const spread = (squares - (sum * sum) / count) / (count - 1);
  if (!(spread > 1e-14 * squares)) return Number.POSITIVE_INFINITY;
  return Math.abs(first + sum / count) / Math.sqrt(spread / count);
}
