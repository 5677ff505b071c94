import { describe, expect, it } from 'vitest';
import { failed, type Outcome, ok, skipped } from '../../src/core/outcome.js';
import { seededRng } from '../../src/core/rng.js';
import type { ClipScore, Figure } from '../../src/core/score.js';
import { meanEstimate } from '../../src/scoring/mean-estimate.js';
import { clipScoresOf } from '../../src/scoring/score-clips.js';
import { scorePaired } from '../../src/scoring/score-paired.js';
import { mean } from '../../src/stats/mean.js';
import { skewedTInterval } from '../../src/stats/skewed-t-interval.js';
import { studentTQuantile } from '../../src/stats/student-t.js';
import { standardErrorOfMean } from '../../src/stats/variance.js';
import { closeness, scoringWorld } from '../helpers/scoring-world.js';

const metric = { id: 'closeness', version: 1 };

function scores(outcomes: Readonly<Record<string, readonly Outcome<number>[]>>): ClipScore[] {
  return Object.entries(outcomes).flatMap(([clipId, seeds]) =>
    seeds.map((outcome, seed) => ({ metric, systemId: 'a', clipId, seed, outcome })),
  );
}

function figure(clipScores: readonly ClipScore[], clipIds = [...new Set(clipScores.map((one) => one.clipId))]): Figure {
  return scorePaired({ metric, systemId: 'a', clipScores, clipIds, rngSeed: 1 });
}

describe('scorePaired', () => {
  it('averages seeds within the clip, then clips', () => {
    const result = figure(scores({ a: [ok(1), ok(3)], b: [ok(10)] }));
    expect(result.clipValues).toEqual([2, 10]);
    expect(result.outcome).toMatchObject({ status: 'ok', value: { value: 6, method: 'bootstrap-bca', level: 0.95 } });
    // SE = sqrt(32 / 2); z.975 + z.80 = 2.80158...
    expect(result.smallestDetectableDifference).toMatchObject({ status: 'ok', value: expect.closeTo(2.801585 * 4, 5) });
  });

  it('says what is missing and why', () => {
    const result = figure(
      scores({ a: [ok(1)], b: [skipped('too short'), failed('x', 'broken')], c: [ok(2), skipped('too short')] }),
      ['d', 'c', 'b', 'a'],
    );
    expect(result.clipIds).toEqual(['a', 'c']);
    expect(result.coverage).toEqual({
      scored: 2,
      total: 4,
      missing: [
        { clipId: 'b', reason: 'too short; broken' },
        { clipId: 'd', reason: 'not scored' },
      ],
    });
    expect(result.outcome).toMatchObject({
      warnings: expect.arrayContaining(['clip c: seed 1 is missing: too short']),
    });
  });

  it('counts equal warnings of clip scores', () => {
    const result = figure(scores({ a: [ok(1, ['quiet'])], b: [ok(2, ['quiet'])] }));
    expect(result.outcome).toMatchObject({ warnings: expect.arrayContaining(['quiet (2 times)']) });
  });

  it('refuses one clip', () => {
    const result = figure(scores({ a: [ok(1)] }));
    const refusal = { status: 'skipped', reason: 'an interval needs at least 2 clips' };
    expect(result.outcome).toEqual(refusal);
    expect(result.smallestDetectableDifference).toEqual(refusal);
  });

  it('gives the reasons of the clips when none was scored', () => {
    const all = scores({ a: [skipped('silent')], b: [skipped('silent')], c: [skipped('too short')] });
    expect(figure(all).outcome).toEqual(skipped('no clip could be scored: silent; too short'));
    expect(figure([], ['a']).outcome).toEqual(skipped('no clip could be scored: not scored'));
    expect(figure([], []).outcome.status).toBe('skipped');
  });

  it('gives equal values an interval without width, and says so', () => {
    const result = figure(scores({ a: [ok(0.3)], b: [ok(0.1 + 0.2)], c: [ok(0.3)] }));
    if (result.outcome.status !== 'ok') expect.fail('no figure');
    expect(result.outcome.value.upper - result.outcome.value.lower).toBe(0);
    expect(result.outcome.warnings?.join()).toContain('no width');
    expect(result.smallestDetectableDifference.status).toBe('skipped');
  });

  it('warns below 30 clips only', () => {
    const some = (count: number): ClipScore[] =>
      scores(Object.fromEntries(Array.from({ length: count }, (_, clip) => [`c${clip}`, [ok(clip)]])));
    expect(figure(some(29)).outcome).toMatchObject({ warnings: [expect.stringContaining('29 clips only')] });
    expect(figure(some(30)).outcome).not.toHaveProperty('warnings');
  });

  it('ignores scores of other metrics and systems', () => {
    const own = scores({ a: [ok(1)], b: [ok(2)] });
    const foreign = [
      { ...own[0]!, systemId: 'other', outcome: ok(100) },
      { ...own[0]!, metric: { id: 'other', version: 1 }, outcome: ok(100) },
    ];
    expect(figure([...foreign, ...own])).toEqual(figure(own));
  });

  it('does not depend on the order of the scores', () => {
    const own = scores({ a: [ok(0.1), ok(0.7), ok(0.3)], b: [ok(2)], c: [ok(1.5)] });
    expect(figure([...own].reverse())).toEqual(figure(own));
  });
});

describe('meanEstimate', () => {
  it('covers the true mean of 40 clips in about 95 % of 500 samples', () => {
    const rng = seededRng('coverage', 2);
    let covered = 0;
    for (let repetition = 0; repetition < 500; repetition++) {
      const values = Array.from({ length: 40 }, () => 5 + rng.normal());
      const estimate = meanEstimate(values, seededRng('coverage-interval', repetition));
      if (estimate.status !== 'ok') expect.fail('no interval');
      if (estimate.value.lower <= 5 && 5 <= estimate.value.upper) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
    expect(covered / 500).toBeLessThan(0.98);
  });

  it('reaches as far as Student’s t corrected for skewness', () => {
    const values = [0.1, 0.2, 0.2, 0.3, 0.4, 0.5, 0.9, 1.1, 2, 9];
    const estimate = meanEstimate(values, seededRng('skewed', 1));
    if (estimate.status !== 'ok') expect.fail('no interval');
    const student = mean(values) - studentTQuantile(0.975, 9) * standardErrorOfMean(values);
    expect(estimate.value.lower).toBeCloseTo(student, 12);
    expect(estimate.value.upper).toBeCloseTo(skewedTInterval(values, 0.95).upper, 12);
    const mirrored = meanEstimate(
      values.map((value) => -value),
      seededRng('skewed', 1),
    );
    expect(mirrored).toMatchObject({ value: { upper: expect.closeTo(-student, 12) } });
  });

  it('covers the mean of 20 log-normal values in 92 % of 500 samples or more', () => {
    let covered = 0;
    for (let repetition = 0; repetition < 500; repetition++) {
      const rng = seededRng('log-normal', repetition);
      const values = Array.from({ length: 20 }, () => Math.exp(rng.normal()));
      const estimate = meanEstimate(values, rng);
      if (estimate.status !== 'ok') expect.fail('no interval');
      if (estimate.value.lower <= Math.exp(0.5) && Math.exp(0.5) <= estimate.value.upper) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.92);
  });
});

describe('clipScoresOf', () => {
  const world = scoringWorld({
    clipCount: 3,
    seeds: [2, 1],
    systems: [{ id: 'a', shift: 0, noise: 0.1, lacks: (clipId, seed) => clipId === 'clip-001' && seed === 2 }],
  });

  it('scores every generation, sorted, and keeps reasons', () => {
    const all = clipScoresOf({ ...world, metric: closeness, systemId: 'a' });
    expect(all.map(({ clipId, seed }) => `${clipId} ${seed}`)).toEqual([
      'clip-000 1',
      'clip-000 2',
      'clip-001 1',
      'clip-001 2',
      'clip-002 1',
      'clip-002 2',
    ]);
    expect(all[3]!.outcome).toEqual(skipped('made no sound'));
    expect(all.filter(({ outcome }) => outcome.status === 'ok')).toHaveLength(5);
  });

  it('never lets NaN or an exception through as a score', () => {
    const one = { ...world, systemId: 'a' };
    const nan = clipScoresOf({ ...one, metric: { ...closeness, compare: () => ok(Number.NaN) } });
    expect(nan[0]!.outcome).toMatchObject({ status: 'failed', error: { code: 'not-finite' } });
    const throws = (): never => {
      throw new Error('odd width');
    };
    const broken = clipScoresOf({ ...one, metric: { ...closeness, compare: throws } });
    expect(broken[0]!.outcome).toEqual(failed('unexpected', 'odd width'));
  });

  it('names the missing target', () => {
    const features = { ...world.features, video: () => skipped('no pictures') };
    const [first] = clipScoresOf({ ...world, features, metric: closeness, systemId: 'a' });
    expect(first!.outcome).toEqual(skipped("the clip's video: no pictures"));
  });
});
