import { describe, expect, it } from 'vitest';
import { toFloat16 } from '../../../src/models/graph/float16.js';

/** IEEE 754 binary16 by its definition. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, mantissa] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}

const one = (value: number): number => toFloat16(Float32Array.of(value))[0]!;

describe('toFloat16', () => {
  it('gives every float16 back', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromFloat16(bits);
      if (!Number.isNaN(value) && one(value) !== bits) expect.fail(`${value} became ${one(value)}, not ${bits}`);
    }
    expect(fromFloat16(one(Number.NaN))).toBeNaN();
  });

  it('rounds to the nearest, and the middle to the even one, between all neighbours', () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const [low, high] = [fromFloat16(bits), fromFloat16(bits + 1)];
      const middle = (low + high) / 2;
      const ulp = 2 ** (Math.floor(Math.log2(middle)) - 23);
      const even = bits % 2 === 0 ? bits : bits + 1;
      const got = [middle - ulp, middle, middle + ulp, -middle].map(one);
      const expected = [bits, even, bits + 1, even | 0x8000];
      if (got.join() !== expected.join()) expect.fail(`around ${middle}: ${got} instead of ${expected}`);
    }
  });

  it('becomes infinite from 65520 on and zero below half of the smallest', () => {
    expect([65519.99, 65520, -1e30, Number.NEGATIVE_INFINITY].map(one)).toEqual([0x7bff, 0x7c00, 0xfc00, 0xfc00]);
    expect([2 ** -25, 2 ** -25 * 1.0001, -1e-30].map(one)).toEqual([0, 1, 0x8000]);
  });
});
