import { expect, it } from 'vitest';
import { spearmanCorrelation } from '../../src/metrics/rank-correlation.js';
import { meanRanks } from '../../src/stats/mean-ranks.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

it('gives ties the mean of their ranks', () => {
  expect([...meanRanks(of(30, 10, 20, 20, 20))]).toEqual([5, 1, 3, 3, 3]);
});

it('is 1 for any rising relation and -1 for any falling one', () => {
  expect(spearmanCorrelation(of(1, 2, 3, 4), of(1, 10, 11, 1e6))).toBe(1);
  expect(spearmanCorrelation(of(1, 2, 3, 4), of(0, -1, -8, -9))).toBe(-1);
});

it('agrees with the rank-difference formula without ties', () => {
  // 1 - 6 Σd² / (n (n² - 1)) with d = 0, 1, -1, 1, -1.
  expect(spearmanCorrelation(of(1, 2, 3, 4, 5), of(1, 3, 2, 5, 4))).toBeCloseTo(1 - (6 * 4) / (5 * 24), 14);
});

it('is not defined for a constant side', () => {
  expect(spearmanCorrelation(of(1, 1, 1), of(1, 2, 3))).toBeUndefined();
});
