import { upperIncompleteGamma } from './incomplete-gamma.js';

/** Probability of a chi-square value of at least `value` (Abramowitz & Stegun 26.4.19). */
export function chiSquareUpperTail(value: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) throw new RangeError(`expected degrees of freedom > 0, got ${degreesOfFreedom}`);
  return upperIncompleteGamma(degreesOfFreedom / 2, Math.max(0, value) / 2);
}
