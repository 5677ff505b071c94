import { logGamma } from './log-gamma.js';

/**
 * Regularised upper incomplete gamma function Q(a, x) for a > 0 and x >= 0: below a + 1 as 1 - P by the series NIST DLMF
 * 8.11.4, above by Legendre's continued fraction 8.9.2, so that the tail keeps its digits.
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) throw new RangeError(`upperIncompleteGamma needs a > 0 and x >= 0, got ${a} and ${x}`);
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - factor * lowerSeries(a, x) : factor * continuedFraction(a, x);
}

/** 1/a + x / (a (a + 1)) + x² / (a (a + 1) (a + 2)) + ... */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; term > 1e-17 * sum; step++) {
    term *= x / (a + step);
    sum += term;
  }
  return sum;
}

/** 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))), by the modified Lentz method. */
function continuedFraction(a: number, x: number): number {
  let denominator = x + 1 - a;
  let lower = 1 / denominator;
  let upper = 1e300;
  let value = lower;
  for (let step = 1; step <= 10_000; step++) {
    const numerator = -step * (step - a);
    denominator += 2;
    lower = 1 / awayFromZero(numerator * lower + denominator);
    upper = awayFromZero(denominator + numerator / upper);
    const factor = lower * upper;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
