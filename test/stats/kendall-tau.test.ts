import { describe, expect, it } from 'vitest';
import { kendallTau } from '../../src/stats/kendall-tau.js';
import { fisherInterval, pearsonCorrelation, spearmanRankCorrelation } from '../../src/stats/pearson.js';
import { weightedTau } from '../../src/stats/weighted-tau.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';
import { normals } from '../helpers/stats-recipe.js';

const rising = (value: number): number => Math.exp(value) - 3;

describe('kendallTau', () => {
  it('is 1 for the same order, also with ties, and -1 for the opposite one', () => {
    expect(okValue(kendallTau([1, 2, 2, 5], [0, 7, 7, 9])).tauB).toBeCloseTo(1, 14);
    expect(okValue(kendallTau([1, 2, 3, 4], [9, 7, 3, 0]))).toMatchObject({
      tauB: -1,
      tauC: -1,
      somersD: -1,
      pValue: 2 / 24,
    });
  });

  it('equals counting all orders', () => {
    const x = [1, 2, 3, 4, 5];
    const y = [2, 1, 4, 3, 5];
    const orders = (rest: number[]): number[][] =>
      rest.length === 0
        ? [[]]
        : rest.flatMap((own) => orders(rest.filter((other) => other !== own)).map((tail) => [own, ...tail]));
    const inversions = (order: readonly number[]): number =>
      order.reduce((sum, own, place) => sum + order.slice(place).filter((later) => later < own).length, 0);
    const all = orders(x).map(inversions);
    const tail = all.filter((count) => count <= inversions(y)).length / all.length;
    expect(okValue(kendallTau(x, y)).pValue).toBeCloseTo(2 * tail, 13);
  });

  it('sees ranks only and not which side is which, but for Somers', () => {
    const [x, y] = [normals(1, 25).map((value) => Math.round(2 * value)), normals(2, 25)];
    const own = okValue(kendallTau(x, y));
    expect(okValue(kendallTau(x.map(rising), y.map(rising)))).toEqual(own);
    const turned = okValue(kendallTau(y, x));
    expect(turned.tauB).toBeCloseTo(own.tauB, 13);
    expect(Math.abs(turned.somersD)).toBeLessThan(Math.abs(own.somersD));
  });
});

describe('correlations', () => {
  it('turn their sign with one side, and Spearman sees ranks only', () => {
    const [x, y] = [normals(3, 20), normals(4, 20)];
    const pearson = okValue(pearsonCorrelation(x, y));
    const turned = okValue(
      pearsonCorrelation(
        x,
        y.map((value) => 3 - 2 * value),
      ),
    );
    expect(turned.coefficient).toBeCloseTo(-pearson.coefficient, 13);
    expect(okValue(spearmanRankCorrelation(x.map(rising), y))).toEqual(okValue(spearmanRankCorrelation(x, y)));
    expect(okValue(weightedTau(x.map(rising), y))).toBe(okValue(weightedTau(x, y)));
    expect(okValue(weightedTau(x, x))).toBeCloseTo(1, 13);
  });

  it('weigh an exchange at the top more than one at the bottom', () => {
    const order = [5, 4, 3, 2, 1];
    expect(okValue(weightedTau(order, [4, 5, 3, 2, 1]))).toBeLessThan(okValue(weightedTau(order, [5, 4, 3, 1, 2])));
  });

  it('have an interval that holds the coefficient', () => {
    const { lower, upper } = okValue(fisherInterval(0.6, { count: 30, level: 0.95 }));
    expect(lower).toBeLessThan(0.6);
    expect(upper).toBeGreaterThan(0.6);
    expect(reasonWhy(fisherInterval(0.6, { count: 3, level: 0.95 }))).toMatch(/at least 4/);
  });

  it.each([kendallTau, pearsonCorrelation, spearmanRankCorrelation, weightedTau])(
    'say why there is none: %o',
    (correlate) => {
      expect(reasonWhy(correlate([1, 1], [1, 2]))).toMatch(/^skipped: x is constant/);
      expect(reasonWhy(correlate([1], [1]))).toMatch(/^skipped: .*at least 2/);
      expect(reasonWhy(correlate([1, 2], [1, Number.NaN]))).toMatch(/^failed: y 1/);
      expect(reasonWhy(correlate([1, 2], [1]))).toMatch(/^failed: .*2 and 1/);
    },
  );
});
