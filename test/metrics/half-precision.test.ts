import { describe, expect, it } from 'vitest';
import { roundToHalf } from '../../src/metrics/half-precision.js';
import { halfPrecisionMean } from '../../src/metrics/half-precision-statistics.js';

describe('roundToHalf', () => {
  it.each([
    [1, 1],
    [0.1, 0.0999755859375],
    [-0.1, -0.0999755859375],
    [2049, 2048], // a tie: to even
    [2051, 2052], // a tie: to even
    [65504, 65504],
    [65519.9, 65504],
    [65520, Number.POSITIVE_INFINITY],
    [-1e9, Number.NEGATIVE_INFINITY],
    [2 ** -24, 2 ** -24],
    [2 ** -25, 0], // half the smallest: a tie to zero
    [3 * 2 ** -25, 2 ** -23], // a tie between subnormals: to even
    [2 ** -14, 2 ** -14],
  ])('%f gives %f', (value, half) => {
    expect(roundToHalf(value)).toBe(half);
  });

  it('keeps the sign of zero and what it has rounded', () => {
    expect(Object.is(roundToHalf(-0), -0)).toBe(true);
    for (const value of [0.3, 17.77, 1e-6, 30000.5]) expect(roundToHalf(roundToHalf(value))).toBe(roundToHalf(value));
  });
});

describe('halfPrecisionMean', () => {
  it('rounds the mean, not the values', () => {
    const mean = halfPrecisionMean({ rows: 2, columns: 1, data: Float64Array.from([2048, 2050]) });
    expect(mean[0]).toBe(2048); // 2049 is a tie
  });
});
