/** Exponent of the smallest normal half-precision number, and bits of the fraction (IEEE 754 binary16). */
const smallestExponent = -14;
const fractionBits = 10;
/** From here on rounding gives infinity: halfway between the largest half, 65504, and the next step. */
const overflow = 65520;

/**
 * The nearest half-precision number, ties to even, by way of float32 as a cast in NumPy goes. Keeps infinities and zeros.
 */
export function roundToHalf(value: number): number {
  const single = Math.fround(value);
  if (!Number.isFinite(single) || single === 0) return single;
  const size = Math.abs(single);
  const step = 2 ** (Math.max(exponentOf(size), smallestExponent) - fractionBits);
  const rounded = roundHalfToEven(size / step) * step;
  return Math.sign(single) * (rounded >= overflow ? Number.POSITIVE_INFINITY : rounded);
}

/** The e with 2^e <= value < 2^(e+1); the logarithm alone can be off by one at powers of two. */
function exponentOf(value: number): number {
  const guess = Math.floor(Math.log2(value));
  if (2 ** guess > value) return guess - 1;
  return 2 ** (guess + 1) <= value ? guess + 1 : guess;
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
