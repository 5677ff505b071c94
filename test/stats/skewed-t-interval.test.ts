import { describe, expect, it } from 'vitest';
import { skewedTInterval } from '../../src/stats/skewed-t-interval.js';
import { studentTQuantile } from '../../src/stats/student-t.js';
import { standardErrorOfMean } from '../../src/stats/variance.js';

describe('skewedTInterval', () => {
  it('is the transformation turned round at the quantiles of t', () => {
    const values = [1, 2, 2, 3, 12];
    const { lower, upper } = skewedTInterval(values, 0.95);
    // From the formula as published, (3 / γ) (∛(1 + γ (y - γ / 6n)) - 1) at y = ±t(0.975, 4) / √5, γ = 2.101.
    expect(lower).toBeCloseTo(0.6851740510955584, 10);
    expect(upper).toBeCloseTo(18.26512357589543, 10);
  });

  it('is Student’s for symmetric values, and nearly so for nearly symmetric ones', () => {
    const values = [-3, -1, 0, 1, 3];
    const reach = studentTQuantile(0.975, 4) * standardErrorOfMean(values);
    expect(skewedTInterval(values, 0.95).upper).toBeCloseTo(reach, 12);
    const nearly = skewedTInterval([-3, -1, 1e-9, 1, 3], 0.95);
    expect(nearly.lower).toBeCloseTo(-reach, 8);
  });

  it('reaches further on the side of the long tail, mirrored with the values', () => {
    const values = [0.1, 0.2, 0.2, 0.4, 0.9, 4];
    const right = skewedTInterval(values, 0.95);
    const left = skewedTInterval(
      values.map((value) => -value),
      0.95,
    );
    const centre = 5.8 / 6;
    expect(right.upper - centre).toBeGreaterThan(1.5 * (centre - right.lower));
    expect(left.lower).toBeCloseTo(-right.upper, 12);
    expect(left.upper).toBeCloseTo(-right.lower, 12);
  });

  it('stays finite for one value apart from all others, and flat for equal ones', () => {
    const { lower, upper } = skewedTInterval([...Array(49).fill(0), 1], 0.95);
    expect(lower).toBeLessThan(0.02);
    expect(upper).toBeGreaterThan(0.02);
    expect(upper).toBeLessThan(1);
    expect(skewedTInterval([2, 2, 2], 0.95)).toEqual({ lower: 2, upper: 2 });
    const two = skewedTInterval([1, 3], 0.95);
    expect([two.lower, two.upper]).toEqual([expect.closeTo(2 - 12.7062, 4), expect.closeTo(2 + 12.7062, 4)]);
    expect(() => skewedTInterval([2], 0.95)).toThrow(RangeError);
  });
});
