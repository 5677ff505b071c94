import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { setInterval } from '../../src/scoring/set-interval.js';
import { jackknifeT } from '../../src/stats/jackknife.js';
import { leaveOneOutMeans } from '../../src/stats/leave-one-out-means.js';
import { mean } from '../../src/stats/mean.js';

const method = 'jackknife-t' as const;

function valuesOf(values: readonly number[]): Parameters<typeof setInterval>[0] {
  return { value: mean(values), leaveOneOut: leaveOneOutMeans(values), method };
}

describe('setInterval', () => {
  it('is the jackknife where the value is no share of clips', () => {
    const values = valuesOf([1, 2, 4, 9]);
    const { estimate, warnings } = setInterval(values, { range: 'any number', clipCount: 4 });
    expect(estimate).toMatchObject(jackknifeT({ ...values, level: 0.95 }));
    expect(estimate.method).toBe('jackknife-t');
    expect(warnings).toEqual([]);
    const between = valuesOf([0.1, 0.2, 0.4, 0.35]);
    expect(setInterval(between, { range: '0 to 1', clipCount: 4 }).estimate.method).toBe('jackknife-t');
  });

  it('has a width where all clips agree on a share', () => {
    const { estimate, warnings } = setInterval(valuesOf(Array(20).fill(1)), { range: '0 to 1', clipCount: 20 });
    // Wilson: 1 / (1 + z² / 20)
    expect(estimate).toMatchObject({ upper: 1, method: 'jackknife-wilson', standardError: 0 });
    expect(estimate.lower).toBeCloseTo(1 / (1 + 1.959964 ** 2 / 20), 6);
    expect(warnings).toEqual([]);
    const flat = setInterval(valuesOf(Array(20).fill(3)), { range: '0 to infinity', clipCount: 20 });
    expect(flat.warnings.join()).toContain('no width');
  });

  it('is cut at the ends of the range, with a warning', () => {
    const { estimate, warnings } = setInterval(valuesOf([0, 0, 0, 0, 1]), { range: '0 to 1', clipCount: 5 });
    expect(estimate.lower).toBe(0);
    expect(warnings).toEqual(['the interval is cut at 0, the lowest possible value']);
  });

  it.each([0.5, 0.9, 0.98])('covers a share of %d in 92 % of 500 samples or more', (share) => {
    let covered = 0;
    for (let repetition = 0; repetition < 500; repetition++) {
      const rng = seededRng('share', repetition);
      const hits = Array.from({ length: 20 }, () => (rng.next() < share ? 1 : 0));
      const { lower, upper } = setInterval(valuesOf(hits), { range: '0 to 1', clipCount: 20 }).estimate;
      if (lower <= share && share <= upper) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
  });
});
