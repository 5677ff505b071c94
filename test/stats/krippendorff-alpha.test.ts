import { describe, expect, it } from 'vitest';
import { cohenKappa } from '../../src/stats/cohen-kappa.js';
import { fleissKappa } from '../../src/stats/fleiss-kappa.js';
import { krippendorffAlpha } from '../../src/stats/krippendorff-alpha.js';
import { uniformStream } from '../helpers/metric-recipe.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';

const draw = (seed: number, count: number): number[] => {
  const uniform = uniformStream(seed);
  return Array.from({ length: count }, () => 1 + Math.floor(4 * uniform()));
};
const levels = ['nominal', 'ordinal', 'interval', 'ratio'] as const;

describe('krippendorffAlpha', () => {
  it.each(levels)('%s does not see the order of raters and units, and is near 0 for random ratings', (level) => {
    const ratings = [1, 2, 3].map((rater) => draw(rater, 400));
    const own = okValue(krippendorffAlpha(ratings, level));
    // Standard error about 0.02.
    expect(Math.abs(own)).toBeLessThan(0.06);
    expect(
      okValue(
        krippendorffAlpha(
          [...ratings].reverse().map((row) => [...row].reverse()),
          level,
        ),
      ),
    ).toBeCloseTo(own, 9);
  });

  it('sees names, order, or distances only, by its level', () => {
    const ratings = [draw(4, 30), draw(5, 30)];
    const change = (by: (value: number) => number) => ratings.map((row) => row.map(by));
    const same = (level: (typeof levels)[number], by: (value: number) => number): void =>
      expect(okValue(krippendorffAlpha(change(by), level))).toBeCloseTo(okValue(krippendorffAlpha(ratings, level)), 12);
    same('nominal', (value) => (value * 7) % 5);
    same('ordinal', (value) => value ** 3);
    same('interval', (value) => 10 - 2 * value);
    same('ratio', (value) => 3 * value);
  });

  it('says what cannot be compared', () => {
    expect(
      reasonWhy(
        krippendorffAlpha(
          [
            [1, undefined],
            [undefined, 1],
          ],
          'nominal',
        ),
      ),
    ).toMatch(/^skipped: no unit/);
    expect(
      reasonWhy(
        krippendorffAlpha(
          [
            [1, 1],
            [1, 1],
          ],
          'ordinal',
        ),
      ),
    ).toMatch(/^skipped: all ratings/);
    expect(reasonWhy(krippendorffAlpha([[1, 1], [1]], 'ordinal'))).toMatch(/^failed: rater 1/);
    expect(reasonWhy(krippendorffAlpha([[1], [Number.POSITIVE_INFINITY]], 'interval'))).toMatch(/^failed: rater 1/);
  });
});

describe('kappas', () => {
  it('equal the formula from shares', () => {
    const [a, b] = [draw(6, 80), draw(7, 80).map((value, index) => (index % 2 === 0 ? draw(6, 80)[index]! : value))];
    const share = (ratings: readonly number[], value: number): number =>
      ratings.filter((own) => own === value).length / 80;
    const observed = a.filter((value, index) => value === b[index]).length / 80;
    const chance = [1, 2, 3, 4].reduce((sum, value) => sum + share(a, value) * share(b, value), 0);
    expect(okValue(cohenKappa(a, { second: b }))).toBeCloseTo((observed - chance) / (1 - chance), 12);
    expect(okValue(cohenKappa(b, { second: a, weights: 'linear' }))).toBeCloseTo(
      okValue(cohenKappa(a, { second: b, weights: 'linear' })),
      12,
    );
  });

  it('are 1 for full agreement and say what is not defined', () => {
    expect(okValue(cohenKappa([1, 2, 3], { second: [1, 2, 3], weights: 'quadratic' }))).toBe(1);
    expect(
      okValue(
        fleissKappa([
          [3, 0],
          [0, 3],
        ]),
      ),
    ).toEqual({ fleiss: 1, randolph: 1 });
    expect(reasonWhy(cohenKappa([1, 1], { second: [1, 1] }))).toMatch(/^skipped/);
    expect(reasonWhy(cohenKappa([1], { second: [1, 2] }))).toMatch(/^failed/);
    expect(
      reasonWhy(
        fleissKappa([
          [2, 0],
          [2, 0],
        ]),
      ),
    ).toMatch(/^skipped/);
    expect(
      reasonWhy(
        fleissKappa([
          [2, 0],
          [2, 1],
        ]),
      ),
    ).toMatch(/^failed: subject 1/);
    expect(reasonWhy(fleissKappa([[1, 0]]))).toMatch(/at least 2 raters/);
  });
});
