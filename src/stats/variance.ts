import { mean } from './mean.js';

/** Sample variance with n - 1, in two passes (no cancellation for values far from 0). Throws for fewer than 2 values. */
export function variance(values: ArrayLike<number>): number {
  if (values.length < 2) throw new RangeError(`a variance needs at least 2 values, got ${values.length}`);
  const centre = mean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += ((values[index] as number) - centre) ** 2;
  return sum / (values.length - 1);
}

/** Square root of the sample variance. Throws for fewer than 2 values. */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}

/** Standard error of the mean, sqrt(variance / n). */
export function standardErrorOfMean(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values) / values.length);
}

/** Whether all values are equal up to rounding (1e-12 of the largest), so that nothing can be learnt from their spread. */
export function hasNoSpread(values: ArrayLike<number>): boolean {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    lowest = Math.min(lowest, values[index] as number);
    highest = Math.max(highest, values[index] as number);
  }
  return !(highest - lowest > 1e-12 * Math.max(Math.abs(lowest), Math.abs(highest)));
}
