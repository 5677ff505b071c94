import { describe, expect, it } from 'vitest';
import { type Rng, seededRng } from '../../src/core/rng.js';
import { pairedBootstrapPValue } from '../../src/stats/paired-bootstrap.js';
import { expectAllClose } from '../helpers/all-close.js';
import { readGolden } from '../helpers/metric-recipe.js';
import { normals } from '../helpers/stats-recipe.js';

const test = (differences: readonly number[], seed = 1): number =>
  pairedBootstrapPValue(differences, { resamples: 999, rng: seededRng('paired', seed) });

/** Share of 1000 repetitions in which the test finds a difference that is not there. */
function falsePositives(draw: (rng: Rng) => number, count: number): number {
  const rng = seededRng('null', count);
  let found = 0;
  for (let repetition = 0; repetition < 1000; repetition++) {
    const differences = Array.from({ length: count }, () => draw(rng));
    const pValue = pairedBootstrapPValue(differences, { resamples: 399, rng: seededRng('null-test', repetition) });
    if (pValue < 0.05) found++;
  }
  return found / 1000;
}

describe('pairedBootstrapPValue', () => {
  it('is near the exact sign-flip test of the golden cases', () => {
    interface Case {
      readonly metric: string;
      readonly input: { readonly d: readonly number[] };
      readonly expected: { readonly two_sided_exact: number };
    }
    for (const { metric, input, expected } of readGolden<Case>('stats').cases) {
      if (metric !== 'permutation-paired') continue;
      expectAllClose([test(input.d)], [expected.two_sided_exact], { atol: 0.08 });
    }
  });

  it('is never 0', () => expect(test(normals(1, 40).map((normal) => normal + 10))).toBe(1 / 1000));

  it('does not depend on the sign or the scale of the differences', () => {
    const differences = normals(2, 20);
    const turned = differences.map((difference) => -8 * difference);
    expect(test(turned)).toBe(test(differences));
  });

  it('finds nothing significant in three clips', () => expect(test([1, 2, 3])).toBeGreaterThan(0.05));

  it('of equal differences is exact', () => {
    expect(test([0, 0, 0, 0])).toBe(1);
    expect(test([0.5, 0.5, 0.5])).toBe(0.25);
    expect(test(Array<number>(60).fill(-2))).toBe(1 / 1000);
  });

  it('refuses one difference', () => expect(() => test([1])).toThrow('at least 2'));

  // 5 % of 1000 has a standard error of 0.7 %.
  it('finds a difference in about 5 % of null cases with 40 clips', () => {
    const share = falsePositives((rng) => rng.normal(), 40);
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.075);
  });

  it('errs on the safe side with 6 clips', () => {
    const share = falsePositives((rng) => rng.normal(), 6);
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.06);
  });

  it('holds for skewed differences', () => {
    const share = falsePositives((rng) => -Math.log(1 - rng.next()) - 1, 40);
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.09);
  });
});
