import { describe, expect, it } from 'vitest';
import { mannWhitney } from '../../src/stats/mann-whitney.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';
import { normals } from '../helpers/stats-recipe.js';

const pairsAbove = (x: readonly number[], y: readonly number[]): number =>
  x.flatMap((a) => y.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0))).reduce((sum, value) => sum + value, 0);

describe('mannWhitney', () => {
  it('counts pairs, also tied ones', () => {
    const [x, y] = [normals(1, 9).map(Math.round), normals(2, 14).map(Math.round)];
    const test = okValue(mannWhitney(x, y));
    expect(test.u).toBe(pairsAbove(x, y));
    expect(test.isExact).toBe(false);
  });

  it('equals counting all splits', () => {
    const [x, y] = [normals(3, 4), normals(4, 7)];
    const pooled = [...x, ...y];
    const us: number[] = [];
    for (let chosen = 0; chosen < 2 ** 11; chosen++) {
      const isFirst = (index: number): boolean => ((chosen >> index) & 1) === 1;
      const first = pooled.filter((_, index) => isFirst(index));
      if (first.length === 4)
        us.push(
          pairsAbove(
            first,
            pooled.filter((_, index) => !isFirst(index)),
          ),
        );
    }
    const { u, pValue } = okValue(mannWhitney(x, y));
    const smaller = Math.min(u, 28 - u);
    expect(us.length).toBe(330);
    expect(pValue).toBeCloseTo(Math.min(1, (2 * us.filter((value) => value <= smaller).length) / 330), 12);
  });

  it('mirrors with the samples and sees ranks only', () => {
    const [x, y] = [normals(5, 6), normals(6, 8)];
    const own = okValue(mannWhitney(x, y));
    const turned = okValue(mannWhitney(y, x));
    expect([turned.u, turned.pValue]).toEqual([48 - own.u, own.pValue]);
    expect(okValue(mannWhitney(x.map(Math.exp), y.map(Math.exp)))).toEqual(own);
  });

  it('says what it cannot rank', () => {
    expect(reasonWhy(mannWhitney([], [1]))).toMatch(/^skipped: a sample is empty/);
    expect(reasonWhy(mannWhitney([1], [1, 1]))).toMatch(/^skipped: all values are equal/);
    expect(reasonWhy(mannWhitney([1], [Number.POSITIVE_INFINITY]))).toMatch(/^failed: y 0/);
  });
});
