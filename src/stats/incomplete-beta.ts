import { logGamma } from './log-gamma.js';

/**
 * Regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 <= x <= 1, by the continued fraction
 * NIST DLMF 8.17.22, which converges fast for x below (a + 1) / (a + b + 2); above, I_x(a, b) = 1 - I_{1-x}(b, a).
 */
export function incompleteBeta(x: number, shape: { readonly a: number; readonly b: number }): number {
  const { a, b } = shape;
  if (!(x >= 0 && x <= 1)) throw new RangeError(`incompleteBeta needs 0 <= x <= 1, got ${x}`);
  if (x === 0 || x === 1) return x;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, { a: b, b: a });
  const logFactor = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return Math.exp(logFactor) / (a * continuedFraction(x, shape));
}

/** 1 + d1/(1 + d2/(1 + ...)) with the modified Lentz method (Thompson & Barnett 1986), from the outside in. */
function continuedFraction(x: number, shape: { readonly a: number; readonly b: number }): number {
  let value = 1;
  let upper = 1;
  let lower = 0;
  for (let index = 1; index <= 1000; index++) {
    const partial = partialNumerator(index, x, shape);
    lower = 1 / awayFromZero(1 + partial * lower);
    upper = awayFromZero(1 + partial / upper);
    const factor = upper * lower;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return value;
}

function partialNumerator(index: number, x: number, shape: { readonly a: number; readonly b: number }): number {
  const { a, b } = shape;
  const m = Math.floor(index / 2);
  if (index % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
