import { type Interval, percentileInterval } from './percentile-interval.js';

/**
 * The basic (reflected) bootstrap interval: the percentile interval mirrored at the value (Davison & Hinkley 1997, ch. 5.2).
 * Corrects a bias that the percentile interval doubles.
 */
export function basicInterval(
  value: number,
  { resampled, level }: { readonly resampled: ArrayLike<number>; readonly level: number },
): Interval {
  const { lower, upper } = percentileInterval(resampled, level);
  return { lower: 2 * value - upper, upper: 2 * value - lower };
}
