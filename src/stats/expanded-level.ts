import { normalCdf } from './normal.js';
import { studentTQuantile } from './student-t.js';

/** For two values the level would round to 1, where quantiles have no place left. */
const highest = 1 - 1e-9;

/**
 * The level at which a bootstrap interval of a mean of `count` values is to be read so that it is as wide as Student's t would make it:
 * resamples spread by the variance with n instead of n - 1, and know nothing of its uncertainty (Hesterberg 2015, The American
 * Statistician 69:371, "expanded percentile interval"). 0.95 becomes 0.9982 for 5 values, 0.968 for 20, 0.9535 for 100.
 */
export function expandedLevel(level: number, count: number): number {
  if (count < 2) throw new RangeError(`an interval needs at least 2 values, got ${count}`);
  const reach = Math.sqrt(count / (count - 1)) * studentTQuantile((1 + level) / 2, count - 1);
  return Math.min(2 * normalCdf(reach) - 1, highest);
}
