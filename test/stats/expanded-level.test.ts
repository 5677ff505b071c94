import { describe, expect, it } from 'vitest';
import { expandedLevel } from '../../src/stats/expanded-level.js';

describe('expandedLevel', () => {
  it('is that of Hesterberg 2015: Φ(√(n / (n - 1)) t)', () => {
    // scipy: 2 * norm.cdf(sqrt(n / (n - 1)) * t.ppf(0.975, n - 1)) - 1
    expect(expandedLevel(0.95, 5)).toBeCloseTo(0.99809, 4);
    expect(expandedLevel(0.95, 20)).toBeCloseTo(0.96825, 4);
  });

  it('falls to the level itself for many values', () => {
    const levels = [3, 5, 10, 20, 100, 10_000].map((count) => expandedLevel(0.95, count));
    expect(levels).toEqual([...levels].sort((a, b) => b - a));
    expect(levels.at(-1)).toBeCloseTo(0.95, 4);
  });

  it('leaves room for a quantile, and refuses a single value', () => {
    expect(expandedLevel(0.95, 2)).toBeLessThan(1);
    expect(() => expandedLevel(0.95, 1)).toThrow('at least 2 values');
  });
});
