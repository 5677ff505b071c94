import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { mean } from '../../src/stats/mean.js';
import { standardErrorOfMean } from '../../src/stats/variance.js';
import { varianceComponents } from '../../src/stats/variance-components.js';

describe('varianceComponents', () => {
  it('of equal groups is the textbook table', () => {
    // Means 2, 4, 9 around 5: MSB = 2 * (9 + 1 + 16) / 2 = 26; MSW = (2 + 2 + 8) / 3 = 4; between = (26 - 4) / 2.
    const { between, within } = varianceComponents([
      [1, 3],
      [3, 5],
      [7, 11],
    ]);
    expect(within).toBeCloseTo(4, 12);
    expect(between).toBeCloseTo(11, 12);
  });

  it('goes below 0 where groups differ by less than their values', () => {
    expect(
      varianceComponents([
        [0, 2],
        [2, 0],
      ]).between,
    ).toBe(-1);
  });

  it.each([
    { name: 'equal groups', sizes: [3, 3, 3, 3, 3, 3, 3, 3] },
    { name: 'groups of other sizes', sizes: [1, 1, 2, 2, 5, 5, 3, 1] },
  ])('is unbiased for $name', ({ sizes }) => {
    const estimates = Array.from({ length: 1500 }, (_, time) => {
      const rng = seededRng('components', time);
      // Between 2, within 0.5.
      return varianceComponents(
        sizes.map((size) => {
          const centre = 10 + Math.SQRT2 * rng.normal();
          return Array.from({ length: size }, () => centre + Math.SQRT1_2 * rng.normal());
        }),
      );
    });
    for (const [part, truth] of [
      ['between', 2],
      ['within', 0.5],
    ] as const) {
      const values = estimates.map((estimate) => estimate[part]);
      expect(Math.abs(mean(values) - truth)).toBeLessThan(4 * standardErrorOfMean(values));
    }
  });

  it('refuses what cannot be divided', () => {
    expect(() => varianceComponents([[1, 2]])).toThrow('at least 2 groups');
    expect(() => varianceComponents([[1], [2]])).toThrow('second value');
    expect(() => varianceComponents([[1, 2], []])).toThrow('no values');
  });
});
