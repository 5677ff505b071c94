import { expect, it } from 'vitest';
import { binomialLowerTail, binomialProbability, binomialUpperTail } from '../../src/stats/binomial.js';
import { type ProportionMethod, proportionInterval } from '../../src/stats/proportion-interval.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';

const methods: readonly ProportionMethod[] = ['wilson', 'clopper-pearson', 'jeffreys', 'agresti-coull', 'normal'];

it.each(methods)('%s mirrors when hits and misses are exchanged', (method) => {
  for (const count of [0, 1, 7, 23]) {
    const own = okValue(proportionInterval(count, { trials: 23, alpha: 0.1, method }));
    const other = okValue(proportionInterval(23 - count, { trials: 23, alpha: 0.1, method }));
    expect(own.lower).toBeCloseTo(1 - other.upper, 12);
    expect(own.upper).toBeCloseTo(1 - other.lower, 12);
  }
});

it('Clopper and Pearson bound the shares that the exact test does not reject', () => {
  const { lower, upper } = okValue(proportionInterval(9, { trials: 25, alpha: 0.05, method: 'clopper-pearson' }));
  expect(binomialUpperTail(9, { trials: 25, probability: lower })).toBeCloseTo(0.025, 10);
  expect(binomialLowerTail(9, { trials: 25, probability: upper })).toBeCloseTo(0.025, 10);
});

it('Wilson bounds the shares that the score test does not reject', () => {
  const { lower, upper } = okValue(proportionInterval(9, { trials: 25, alpha: 0.05, method: 'wilson' }));
  for (const share of [lower, upper]) {
    expect(Math.abs(9 / 25 - share) / Math.sqrt((share * (1 - share)) / 25)).toBeCloseTo(1.959963984540054, 10);
  }
});

it('covers as often as each method says, added up over all outcomes', () => {
  const coverage = (method: ProportionMethod): number => {
    let covered = 0;
    for (let count = 0; count <= 30; count++) {
      const { lower, upper } = okValue(proportionInterval(count, { trials: 30, alpha: 0.05, method }));
      if (lower <= 0.9 && 0.9 <= upper) covered += binomialProbability(count, { trials: 30, probability: 0.9 });
    }
    return covered;
  };
  expect(coverage('clopper-pearson')).toBeGreaterThanOrEqual(0.95);
  expect(coverage('wilson')).toBeGreaterThan(0.93);
  expect(coverage('normal')).toBeLessThan(0.85);
});

it('says what has no interval', () => {
  const options = { trials: 0, alpha: 0.05, method: 'wilson' } as const;
  expect(reasonWhy(proportionInterval(0, options))).toMatch(/^skipped: no trials/);
  expect(reasonWhy(proportionInterval(1, options))).toMatch(/^failed: .*1 of 0/);
  expect(reasonWhy(proportionInterval(1, { ...options, trials: 2, alpha: 1 }))).toMatch(/^failed: alpha/);
});
