/** The largest finite float16. */
export const largestFloat16 = 65504;

/**
 * float32 values as the bits of IEEE 754 binary16, rounded to nearest, ties to even. Values from 65520 on become infinite, those
 * below 2^-24 subnormal or 0, NaN stays NaN.
 */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let index = 0; index < bits.length; index++) halves[index] = halfBits(bits[index]!);
  return halves;
}

function halfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= 0x477ff000) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00);
  if (magnitude < 0x38800000) return sign | subnormalBits(magnitude);
  // The exponent's offset falls from 127 to 15; a carry out of the mantissa raises the exponent, as it should.
  const rebased = magnitude - 0x38000000;
  return sign | ((rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13);
}

/** Magnitudes below 2^-14 as a multiple of 2^-24. */
function subnormalBits(magnitude: number): number {
  if (magnitude <= 0x33000000) return 0;
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  const shift = 126 - (magnitude >>> 23);
  const kept = mantissa >>> shift;
  const rest = mantissa & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}
