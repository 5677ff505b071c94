import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { setInterval } from '../../src/scoring/set-interval.js';
import { jackknifeT } from '../../src/stats/jackknife.js';
import { leaveOneOutMeans } from '../../src/stats/leave-one-out-means.js';
import { mean } from '../../src/stats/mean.js';

const method = 'jackknife-t' as const;

function valuesOf(values: readonly number[]): Parameters<typeof setInterval>[0] {
  return { value: mean(values), replicates: leaveOneOutMeans(values), method, clipCount: values.length };
}

describe('setInterval', () => {
  it('is the jackknife where the value is no share of clips', () => {
    const values = valuesOf([1, 2, 4, 9]);
    const { estimate, warnings } = setInterval(values, { range: 'any number' });
    expect(estimate).toMatchObject(jackknifeT({ value: values.value, leaveOneOut: values.replicates, level: 0.95 }));
    expect(estimate.method).toBe('jackknife-t');
    expect(warnings).toEqual([]);
    const between = valuesOf([0.1, 0.2, 0.4, 0.35]);
    expect(setInterval(between, { range: '0 to 1' }).estimate.method).toBe('jackknife-t');
  });

  it('has a width where all clips agree on a share', () => {
    const { estimate, warnings } = setInterval(valuesOf(Array(20).fill(1)), { range: '0 to 1' });
    // Wilson: 1 / (1 + z² / 20)
    expect(estimate).toMatchObject({ upper: 1, method: 'jackknife-wilson', standardError: 0 });
    expect(estimate.lower).toBeCloseTo(1 / (1 + 1.959964 ** 2 / 20), 6);
    expect(warnings).toEqual([]);
    const flat = setInterval(valuesOf(Array(20).fill(3)), { range: '0 to infinity' });
    expect(flat.warnings.join()).toContain('no width');
  });

  it('is cut at the ends of the range, with a warning', () => {
    const { estimate, warnings } = setInterval(valuesOf([0, 0, 0, 0, 1]), { range: '0 to 1' });
    expect(estimate.lower).toBe(0);
    expect(warnings).toEqual(['the interval is cut at 0, the lowest possible value']);
  });

  it('is the middle 95 % of resamples, with their standard deviation, where there are some', () => {
    const replicates = Array.from({ length: 41 }, (_, index) => 2 + index / 2);
    const resampled = { value: 7, replicates, method: 'bootstrap-percentile', clipCount: 12 } as const;
    const { estimate, warnings } = setInterval(resampled, { range: '1 to N' });
    // numpy.quantile of 2, 2.5 … 22 at 0.025 and 0.975; standard deviation sqrt((41² + 41) / 12) / 2.
    expect(estimate).toMatchObject({
      value: 7,
      lower: expect.closeTo(2.5, 12),
      upper: expect.closeTo(21.5, 12),
      method: 'bootstrap-percentile',
    });
    expect(estimate.standardError).toBeCloseTo(Math.sqrt((41 * 42) / 12) / 2, 12);
    expect(warnings).toEqual([]);
    const flat = setInterval({ ...resampled, replicates: replicates.map(() => 1) }, { range: '1 to N' });
    expect(flat.warnings).toEqual(['all resamples give the same value: the interval has no width']);
  });

  it.each([0.5, 0.9, 0.98])('covers a share of %d in 92 % of 500 samples or more', (share) => {
    let covered = 0;
    for (let repetition = 0; repetition < 500; repetition++) {
      const rng = seededRng('share', repetition);
      const hits = Array.from({ length: 20 }, () => (rng.next() < share ? 1 : 0));
      const { lower, upper } = setInterval(valuesOf(hits), { range: '0 to 1' }).estimate;
      if (lower <= share && share <= upper) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
  });
});
