import { describe, expect, it } from 'vitest';
import { isConstant, largestLaggedSpearman } from '../../src/metrics/lagged-spearman.js';

const x = Float64Array.of(3, 1, 4, 1.5, 9, 2, 6, 5);

describe('largestLaggedSpearman', () => {
  it('is the correlation itself without a lag', () => {
    // Ranks 1 2 3 against 2 1 3: 1 - 6 * 2 / 24.
    const correlation = largestLaggedSpearman(Float64Array.of(1, 2, 3), Float64Array.of(2, 1, 3), { largestLag: 0 });
    expect(correlation).toBeCloseTo(0.5, 12);
  });

  it('finds the lag at which one curve follows the other, either way', () => {
    const later = Float64Array.of(7, 3, 1, 4, 1.5, 9, 2, 6);
    expect(largestLaggedSpearman(x, later, { largestLag: 0 })).toBeLessThan(0.9);
    expect(largestLaggedSpearman(x, later, { largestLag: 1 })).toBeCloseTo(1, 12);
    expect(largestLaggedSpearman(later, x, { largestLag: 1 })).toBeCloseTo(1, 12);
  });

  it('is undefined for a constant curve', () => {
    expect(largestLaggedSpearman(x, new Float64Array(8), { largestLag: 1 })).toBeUndefined();
  });
});

describe('isConstant', () => {
  it('takes rounding for constant', () => {
    expect(isConstant(Float64Array.of(0.5, 0.5 + 1e-9))).toBe(true);
    expect(isConstant(Float64Array.of(0.5, 0.501))).toBe(false);
  });
});
