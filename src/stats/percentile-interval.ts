import { quantileOfSorted } from './quantile.js';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The middle `level` of the resampled values. Good enough for means; wrong for Fréchet-type distances, where the
 * duplicates of a resample push the estimate up and the interval can miss the estimate itself.
 */
export function percentileInterval(resampled: ArrayLike<number>, level: number): Interval {
  const sorted = Float64Array.from(resampled).sort();
  const tail = (1 - level) / 2;
  return { lower: quantileOfSorted(sorted, tail), upper: quantileOfSorted(sorted, 1 - tail) };
}
