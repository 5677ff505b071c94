import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { pairedTTest } from '../../src/stats/paired-t-test.js';
import { signFlipTest, twoSamplePermutationTest } from '../../src/stats/permutation-test.js';
import { okValue, reasonWhy } from '../helpers/ok-value.js';
import { normals } from '../helpers/stats-recipe.js';

describe('signFlipTest', () => {
  it('has the smallest possible value for differences of one sign', () => {
    expect(okValue(signFlipTest([1, 2, 3, 4, 5]))).toMatchObject({
      twoSided: 2 / 32,
      greater: 1 / 32,
      less: 1,
      isExact: true,
    });
  });

  it('comes near the exact value with random signs', () => {
    const differences = normals(1, 16).map((value) => value + 0.4);
    const exact = okValue(signFlipTest(differences));
    // Four zeros change no sum but make too many arrangements to look at.
    const sampling = { resamples: 4000, rng: seededRng('flip', 1) };
    const sampled = okValue(signFlipTest([...differences, 0, 0, 0, 0], { sampling }));
    expect(sampled.isExact).toBe(false);
    // Standard error of a p-value near 0.05 from 4000 draws: 0.005 (two-sided 0.007).
    expect(Math.abs(sampled.twoSided - exact.twoSided)).toBeLessThan(0.03);
    expect(reasonWhy(signFlipTest([...differences, 1, 2]))).toMatch(/random/);
  });

  it('mirrors with the signs', () => {
    const differences = normals(2, 9);
    const turned = okValue(signFlipTest(differences.map((difference) => -difference)));
    const own = okValue(signFlipTest(differences));
    expect([turned.twoSided, turned.greater]).toEqual([own.twoSided, own.less]);
    expect(reasonWhy(signFlipTest([]))).toMatch(/^skipped/);
    expect(reasonWhy(signFlipTest([Number.NaN]))).toMatch(/^failed/);
  });
});

describe('twoSamplePermutationTest', () => {
  it('counts the splits by hand', () => {
    // Of the 6 ways to choose 2 of 1 2 3 10 only {3, 10} has so large a mean.
    expect(okValue(twoSamplePermutationTest({ x: [10, 3], y: [1, 2] }))).toMatchObject({
      statistic: 5,
      greater: 1 / 6,
      less: 1,
    });
  });

  it('does not see order, shift or scale, and mirrors with the samples', () => {
    const [x, y] = [normals(3, 6), normals(4, 5)];
    const own = okValue(twoSamplePermutationTest({ x, y }));
    const moved = okValue(
      twoSamplePermutationTest({ x: [...x].reverse().map((v) => 3 * v + 50), y: y.map((v) => 3 * v + 50) }),
    );
    expect([moved.twoSided, moved.greater]).toEqual([own.twoSided, own.greater]);
    expect(okValue(twoSamplePermutationTest({ x: y, y: x })).greater).toBe(own.less);
  });

  it('samples splits of large samples', () => {
    const [x, y] = [normals(5, 30), normals(6, 30).map((value) => value + 2)];
    const test = okValue(
      twoSamplePermutationTest({ x, y }, { sampling: { resamples: 500, rng: seededRng('split', 1) } }),
    );
    expect(test).toMatchObject({ isExact: false, less: 1 / 501, greater: 1 });
    expect(reasonWhy(twoSamplePermutationTest({ x, y }))).toMatch(/random/);
    expect(reasonWhy(twoSamplePermutationTest({ x: [], y }))).toMatch(/empty/);
  });
});

describe('pairedTTest', () => {
  it('turns with the samples and does not see a common shift', () => {
    const [x, y] = [normals(7, 12), normals(8, 12)];
    const own = okValue(pairedTTest(x, y));
    const turned = okValue(pairedTTest(y, x));
    expect([turned.t, turned.pValue, turned.interval.upper]).toEqual([-own.t, own.pValue, -own.interval.lower]);
    expect(
      okValue(
        pairedTTest(
          x.map((v) => v + 5),
          y.map((v) => v + 5),
        ),
      ).t,
    ).toBeCloseTo(own.t, 10);
  });

  it('says what has no t', () => {
    expect(reasonWhy(pairedTTest([1], [2]))).toMatch(/at least 2/);
    expect(reasonWhy(pairedTTest([1, 2], [2, 3]))).toMatch(/equal/);
    expect(reasonWhy(pairedTTest([1, 2], [2]))).toMatch(/2 and 1/);
  });
});
