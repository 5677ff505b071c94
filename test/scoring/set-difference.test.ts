import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { resampleDraws } from '../../src/scoring/resample-draws.js';
import { setDifference } from '../../src/scoring/set-difference.js';
import type { SetValues } from '../../src/scoring/set-values.js';
import { leaveOneOutMeans } from '../../src/stats/leave-one-out-means.js';
import { mean } from '../../src/stats/mean.js';
import { quantile } from '../../src/stats/quantile.js';

function jackknifed(value: number, replicates: readonly number[]): SetValues {
  return { value, replicates, method: 'jackknife-t', clipCount: replicates.length };
}

describe('setDifference', () => {
  it('of means is the paired t-test', () => {
    const x = [0.6686429977416992, 0.2083975076675415, -1.330256700515747, 0.891158401966095, 0.7475247383117676];
    const y = [0.8413132071495056, 0.10870888233184817, -0.8369471192359924, 1.1895705103874206, 3.2224141001701354];
    const of = (sample: readonly number[]) => jackknifed(mean(sample), leaveOneOutMeans(sample));
    const outcome = setDifference(of(x), of(y));
    // scipy.stats.ttest_rel
    expect(outcome).toMatchObject({ status: 'ok', value: { pValue: expect.closeTo(0.22168597793170927, 9) } });
  });

  it('warns of few clips, where its error rate was measured above 5 %', () => {
    const of = (count: number) => {
      const replicates = Array.from({ length: count }, (_, clip) => clip % 3);
      const zeros = replicates.map(() => 0);
      return setDifference(jackknifed(1, replicates), jackknifed(0, zeros));
    };
    expect(of(9)).toMatchObject({ status: 'ok', warnings: [expect.stringContaining('9 clips only')] });
    expect(of(10)).not.toHaveProperty('warnings');
  });

  it('of equal systems has p = 1, and without spread none', () => {
    const one = jackknifed(2, [1, 2, 3]);
    expect(setDifference(one, one)).toMatchObject({ status: 'ok', value: { pValue: 1 } });
    expect(setDifference(one, jackknifed(3, [2, 3, 4])).status).toBe('skipped');
    expect(setDifference(one, jackknifed(2, [1, 2])).status).toBe('skipped');
  });

  describe('of resampled medians', () => {
    const clipCount = 20;
    const draws = resampleDraws(clipCount).slice(0, 400);
    const medianOf = (sample: readonly number[]): SetValues => ({
      value: quantile(sample, 0.5),
      replicates: draws.map((drawn) =>
        quantile(
          Float64Array.from(drawn, (clip) => sample[clip]!),
          0.5,
        ),
      ),
      method: 'bootstrap-percentile',
      clipCount,
    });
    const clips = (label: string, shift: number): [number[], number[]] => {
      const rng = seededRng('medians', label);
      const hard = Array.from({ length: clipCount }, () => 3 * rng.normal());
      return [hard.map((value) => value + rng.normal()), hard.map((value) => value + shift + rng.normal())];
    };

    it('has the standard deviation of the paired differences, and says so', () => {
      const [x, y] = clips('one', 0);
      const outcome = setDifference(medianOf(x), medianOf(y));
      if (outcome.status !== 'ok') expect.fail('no difference');
      const { difference, test } = outcome.value;
      expect([difference.method, test]).toEqual(['bootstrap-standard-error-t', 'bootstrap-standard-error-t']);
      // t(0.975, 19) = 2.093
      expect((difference.upper - difference.value) / difference.standardError).toBeCloseTo(2.093024, 5);
      expect(outcome).not.toHaveProperty('warnings');
    });

    it('finds a large difference, and none where there is none in about 95 % of 100 samples', () => {
      const found = (shift: number): number =>
        Array.from({ length: 100 }, (_, time) => {
          const [x, y] = clips(`sample ${time}`, shift);
          const outcome = setDifference(medianOf(x), medianOf(y));
          return outcome.status === 'ok' && outcome.value.pValue < 0.05 ? 1 : 0;
        }).reduce<number>((sum, one) => sum + one, 0);
      // Standard error 2.2 points.
      expect(found(0)).toBeLessThan(10);
      expect(found(8)).toBeGreaterThan(95);
    });
  });
});
