import { describe, expect, it } from 'vitest';
import { scaledBy, unitScale } from '../../src/linalg/unit-scale.js';

const row = (...values: number[]): { rows: number; columns: number; data: Float64Array } => ({
  rows: 1,
  columns: values.length,
  data: Float64Array.from(values),
});

describe('unitScale', () => {
  it.each([
    [3, 1 / 4],
    [1, 1 / 2],
    [0.75, 1],
    [-1e30, 2 ** -100],
    [1e-30, 2 ** 99],
  ])('brings %d to between a half and 1', (value, scale) => {
    expect(unitScale(row(value, value / 3))).toBe(scale);
    const scaled = Math.abs(scaledBy(row(value), scale).data[0]!);
    expect(scaled >= 0.5 && scaled <= 1).toBe(true);
    expect(scaledBy(row(value), scale).data[0]! / scale).toBe(value);
  });

  it('takes the largest of all matrices, and leaves zeros alone', () => {
    expect(unitScale(row(0.1), row(5))).toBe(1 / 8);
    expect(unitScale(row(0, 0))).toBe(1);
  });
});
