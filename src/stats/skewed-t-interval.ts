import { mean } from './mean.js';
import type { Interval } from './percentile-interval.js';
import { studentTQuantile } from './student-t.js';
import { standardDeviation } from './variance.js';

/**
 * Student's interval of a mean, corrected for the skewness of the values: the cubic transformation that takes the skewness out of t is turned
 * round at t's quantiles (Hall 1992, JRSS B 54:221, the monotone one, with Student's quantiles in place of resampled ones). Reaches further on
 * the side of the long tail and less far on the other. Of 2 values, which have no skewness, it is Student's; throws for fewer.
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

/**
 * G1 = √(n (n - 1)) / (n - 2) · m3 / m2^1.5 (Joanes & Gill 1998, The Statistician 47:183): the plain moments of few values are too small by far.
 * 0 where all values are equal.
 */
function skewnessOf(values: readonly number[], centre: number): number {
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (value - centre) ** 2;
    cubes += (value - centre) ** 3;
  }
  const count = values.length;
  return count > 2 && squares > 0 ? ((count * Math.sqrt(count - 1)) / (count - 2)) * (cubes / squares ** 1.5) : 0;
}
