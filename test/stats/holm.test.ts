import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { holm } from '../../src/stats/holm.js';
import { expectAllClose } from '../helpers/all-close.js';
import { readGolden } from '../helpers/metric-recipe.js';

interface HolmCase {
  readonly id: string;
  readonly metric: string;
  readonly outcome: string;
  readonly input: { readonly p: readonly number[] };
  readonly expected: { readonly adjusted: readonly number[] } | readonly number[];
}

const cases = readGolden<HolmCase>('stats').cases.filter(({ metric }) => metric === 'holm');

describe('holm', () => {
  it.each(cases.filter(({ outcome }) => outcome === 'value'))('$id', ({ input, expected }) =>
    expectAllClose(holm(input.p), 'adjusted' in expected ? expected.adjusted : expected, { rtol: 1e-9, atol: 1e-12 }),
  );

  it.each([Number.NaN, -0.1, 1.1])('refuses %f', (p) => expect(() => holm([0.01, p])).toThrow('p-value 1'));

  it('keeps the chance of any false positive at 5 %', () => {
    const rng = seededRng('holm', 1);
    let families = 0;
    const repetitions = 4000;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const pValues = Array.from({ length: 15 }, () => rng.next());
      if (holm(pValues).some((p) => p < 0.05)) families++;
    }
    // Standard error 0.0034; uncorrected tests would find something in 54 % of the families.
    expect(families / repetitions).toBeGreaterThan(0.035);
    expect(families / repetitions).toBeLessThan(0.062);
  });
});
