import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { wilcoxonSignedRank } from '../../src/stats/wilcoxon-signed-rank.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';
import { normals } from '../helpers/stats-recipe.js';

/** Over all signs, with ranks by counting. */
function naive(differences: readonly number[]): { twoSided: number; greater: number } {
  const kept = differences.filter((difference) => difference !== 0);
  const ranks = kept.map((own) => {
    const below = kept.filter((other) => Math.abs(other) < Math.abs(own)).length;
    const equal = kept.filter((other) => Math.abs(other) === Math.abs(own)).length;
    return below + (equal + 1) / 2;
  });
  const sum = (signs: number): number =>
    ranks.reduce((all, rank, index) => ((signs >> index) & 1 ? all + rank : all), 0);
  const observed = ranks.reduce((all, rank, index) => (kept[index]! > 0 ? all + rank : all), 0);
  const every = Array.from({ length: 2 ** kept.length }, (_, signs) => sum(signs));
  const greater = every.filter((value) => value >= observed).length / every.length;
  const less = every.filter((value) => value <= observed).length / every.length;
  return { twoSided: Math.min(1, 2 * Math.min(greater, less)), greater };
}

describe('wilcoxonSignedRank', () => {
  it.each([1, 2, 3, 4])('equals counting all signs, with ties and zeros: stream %d', (seed) => {
    const differences = normals(seed, 11).map((value) => Math.round(2 * value) / 2);
    const { twoSided, greater } = okValue(wilcoxonSignedRank(differences, { method: 'exact' }));
    expect(twoSided).toBeCloseTo(naive(differences).twoSided, 12);
    expect(greater).toBeCloseTo(naive(differences).greater, 12);
  });

  it('mirrors with the signs and does not see order or scale', () => {
    const differences = normals(5, 30);
    const own = okValue(wilcoxonSignedRank(differences));
    const turned = okValue(wilcoxonSignedRank(differences.map((difference) => -difference)));
    expect([turned.positiveRanks, turned.twoSided, turned.greater]).toEqual([
      own.negativeRanks,
      own.twoSided,
      own.less,
    ]);
    const others = [...differences].reverse().map((difference) => difference ** 3 * 7);
    expect(okValue(wilcoxonSignedRank(others))).toEqual(own);
  });

  it('comes near the exact value by the normal distribution', () => {
    const differences = normals(6, 45);
    const [exact, normal] = (['exact', 'normal'] as const).map((method) =>
      okValue(wilcoxonSignedRank(differences, { method })),
    );
    expect(Math.abs(exact!.twoSided - normal!.twoSided)).toBeLessThan(0.01);
  });

  it('keeps its level under the null', () => {
    const rng = seededRng('wilcoxon', 1);
    let found = 0;
    for (let repetition = 0; repetition < 2000; repetition++) {
      const differences = Array.from({ length: 15 }, () => rng.normal());
      if (okValue(wilcoxonSignedRank(differences)).twoSided <= 0.05) found++;
    }
    // Standard error 0.005.
    expect(found / 2000).toBeGreaterThan(0.03);
    expect(found / 2000).toBeLessThan(0.065);
  });

  it('says what it cannot rank', () => {
    expect(reasonWhy(wilcoxonSignedRank([0, 0]))).toMatch(/^skipped: no difference/);
    expect(reasonWhy(wilcoxonSignedRank([]))).toMatch(/^skipped/);
    expect(reasonWhy(wilcoxonSignedRank([1, Number.NaN]))).toMatch(/^failed: difference 1/);
  });
});
