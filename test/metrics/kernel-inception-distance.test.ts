import { describe, expect, it } from 'vitest';
import { mersenneTwister } from '../../src/core/mersenne-twister.js';
import { kernelInceptionDistance, polynomialDiscrepancy } from '../../src/metrics/kernel-inception-distance.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

const x = normalMatrix({ rows: 40, columns: 4, seed: 1 });
const y = normalMatrix({ rows: 30, columns: 4, seed: 2 });
const options = (): Parameters<typeof kernelInceptionDistance>[2] => ({
  ...{ subsets: 5, subsetSize: 20 },
  random: mersenneTwister(2020),
});

describe('kernelInceptionDistance', () => {
  it('is the discrepancy of the whole sets where subsets are as large, whatever the seed', () => {
    const equal = normalMatrix({ rows: 40, columns: 4, seed: 3 });
    const whole = kernelInceptionDistance(x, equal, { ...options(), subsetSize: 40 });
    const { unbiased } = polynomialDiscrepancy(x, equal);
    expect(whole).toMatchObject({ value: { mean: expect.closeTo(unbiased, 12), deviation: expect.closeTo(0, 12) } });
  });

  it('refuses what it cannot draw', () => {
    expect(kernelInceptionDistance(x, y, { ...options(), subsetSize: 31 })).toMatchObject({
      error: { code: 'subset-too-large', message: expect.stringContaining('second set, which has 30') },
    });
    expect(kernelInceptionDistance(x, y, { ...options(), subsets: 0 })).toMatchObject({
      error: { code: 'bad-subsets' },
    });
    expect(kernelInceptionDistance(x, y, options()).status).toBe('ok');
  });
});

describe('polynomialDiscrepancy', () => {
  it('is 0 with all pairs for a set and itself, and never below', () => {
    expect(polynomialDiscrepancy(x, x).biased).toBeCloseTo(0, 12);
    expect(polynomialDiscrepancy(x, normalMatrix({ rows: 40, columns: 4, seed: 9 })).biased).toBeGreaterThan(0);
  });

  it('follows its definition for two rows', () => {
    // Products with degree 1 and no constant: xx' = 2, yy' = 12, mean of xy = (3 + 4 + 6 + 8) / 4.
    const linear = { degree: 1, gamma: 1, constant: 0 };
    const { unbiased } = polynomialDiscrepancy(matrixFrom([[1], [2]]), matrixFrom([[3], [4]]), linear);
    expect(unbiased).toBe(2 + 12 - (2 * 21) / 4);
  });

  it('throws for sets of different shape', () => {
    expect(() => polynomialDiscrepancy(x, y)).toThrow('40x4 against 30x4');
  });
});
