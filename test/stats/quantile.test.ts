import { describe, expect, it } from 'vitest';
import { quantile } from '../../src/stats/quantile.js';

describe('quantile', () => {
  it('is linear between order statistics', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
  });
  it('ends at the extremes', () => {
    expect(quantile([7, -2, 5], 0)).toBe(-2);
    expect(quantile([7, -2, 5], 1)).toBe(7);
  });
  it('leaves its input as it is', () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
  it('refuses no values and no probability', () => {
    expect(() => quantile([], 0.5)).toThrow('no values');
    expect(() => quantile([1], 1.5)).toThrow('not a probability');
  });
});
