import { mean } from './mean.js';
import type { Interval } from './percentile-interval.js';
import { studentTQuantile } from './student-t.js';
import { standardDeviation } from './variance.js';

/**
 * Student's interval of a mean, corrected for the skewness of the values: the cubic transformation that takes the skewness out of t is turned
 * round at t's quantiles (Hall 1992, JRSS B 54:221, the monotone one, with Student's quantiles in place of resampled ones). Reaches further on
 * the side of the long tail and less far on the other. Throws for fewer than 2 values.
 */
export function skewedTInterval(values: readonly number[], level: number): Interval {
  const count = values.length;
  const scale = standardDeviation(values);
  const centre = mean(values);
  const skewness = skewnessOf(values, centre);
  const reach = studentTQuantile((1 + level) / 2, count - 1) / Math.sqrt(count);
  const back = (at: number): number => scale * transformedBack(at - skewness / (6 * count), skewness);
  return { lower: centre - back(reach), upper: centre - back(-reach) };
}

/** (3 / γ) (∛(1 + γ x) - 1), in a form that loses no digits near γ = 0. */
function transformedBack(x: number, skewness: number): number {
  const root = Math.cbrt(1 + skewness * x);
  return (3 * x) / (root * root + root + 1);
}

/** Third central moment over the variance's power 3/2, both with n; 0 where all values are equal. */
function skewnessOf(values: readonly number[], centre: number): number {
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (value - centre) ** 2;
    cubes += (value - centre) ** 3;
  }
  return squares > 0 ? (Math.sqrt(values.length) * cubes) / squares ** 1.5 : 0;
}
