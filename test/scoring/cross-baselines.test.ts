import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { ok, skipped } from '../../src/core/outcome.js';
import { seededRng } from '../../src/core/rng.js';
import type { SetMetric } from '../../src/metrics/metric.js';
import { baselinesOf } from '../../src/scoring/baselines.js';
import { crossBaselines } from '../../src/scoring/cross-baselines.js';
import type { ScoringInput } from '../../src/scoring/feature-lookup.js';
import { matrix, meanDistance, scoringWorld } from '../helpers/scoring-world.js';

/** Share of clips whose own music is among the k nearest to their video. */
function recallAt(k: number): SetMetric {
  return {
    ...meanDistance,
    id: `recall-at-${k}`,
    direction: 'higher',
    range: '0 to 1',
    against: 'video',
    targetNeed: { encoder: 'pictures', output: 'numbers' },
    compute(system, target) {
      const distance = (a: FeatureMatrix, b: FeatureMatrix): number => Math.abs(a.data[0]! - b.data[0]!);
      const found = target.filter((video, clip) => {
        const own = distance(system[clip]!, video);
        return system.filter((other) => distance(other, video) < own).length < k;
      });
      return ok(found.length / target.length);
    },
  };
}

/** References that show exactly what their video shows. */
function perfectWorld(clipCount: number): ScoringInput {
  const world = scoringWorld({ clipCount, systems: [{ id: 'a', shift: 0, noise: 0.3 }] });
  const shown = (clipId: string): FeatureMatrix => matrix([[seededRng('shown', clipId).normal()]]);
  const features = {
    ...world.features,
    reference: (clipId: string) => ok(shown(clipId)),
    video: (clipId: string) => ok(shown(clipId)),
  };
  return { ...world, features };
}

describe('baselines of a set metric against videos', () => {
  it('are the references on their own videos, and on those of a random order', () => {
    const baselines = baselinesOf(recallAt(5), perfectWorld(40));
    expect(baselines.realAgainstReal).toEqual(ok({ value: 1, clipCount: 40, repeats: 1 }));
    expect(baselines.realAgainstRealMeaning).toContain('own videos');
    expect(baselines.chanceTimeShift).toEqual(skipped('does not depend on the position in time'));
    expect(baselines.systemsAtEqualCount).toEqual([]);
    if (baselines.chanceShuffledPairs.status !== 'ok') expect.fail('no chance level');
    const { value, lower, upper, method } = baselines.chanceShuffledPairs.value;
    expect(method).toBe('shuffles-range');
    expect(lower).toBeLessThan(value);
    expect(upper).toBeGreaterThan(value);
  });

  it.each([1, 5])('find k / N for a recall at %i, however well real pairs match', (k) => {
    const values = Array.from({ length: 30 }, (_, rngSeed) => {
      const { chanceShuffledPairs } = crossBaselines(recallAt(k), { ...perfectWorld(20), rngSeed });
      return chanceShuffledPairs.status === 'ok' ? chanceShuffledPairs.value.value : expect.fail('no chance level');
    });
    // 30 * 39 orders; the recall of one has a standard deviation below √(k / N / N) = 0.11.
    const average = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(average - k / 20)).toBeLessThan(4 * Math.sqrt(k / 400 / (30 * 39)));
  });

  it('take the level that a metric knows', () => {
    const metric = { ...recallAt(5), chance: (clipCount: number) => 5 / clipCount };
    expect(crossBaselines(metric, perfectWorld(40)).chanceShuffledPairs).toMatchObject({ value: { value: 0.125 } });
  });

  it('have an interval that holds one more blind system in 95 % of cases', () => {
    let held = 0;
    const repetitions = 300;
    for (let rngSeed = 0; rngSeed < repetitions; rngSeed++) {
      // A continuous value, so that ties do not widen the range.
      const metric: SetMetric = {
        ...recallAt(1),
        compute: (system, target) =>
          ok(system.reduce((sum, one, clip) => sum + one.data[0]! * target[clip]!.data[0]!, 0)),
      };
      const world = { ...perfectWorld(12), rngSeed };
      const { chanceShuffledPairs } = crossBaselines(metric, world);
      if (chanceShuffledPairs.status !== 'ok') expect.fail('no chance level');
      const { lower, upper } = chanceShuffledPairs.value;
      const rng = seededRng('blind', rngSeed);
      const music = world.clipIds.map((clipId) => seededRng('shown', clipId).normal());
      const order = music.map((value) => ({ value, key: rng.next() })).sort((a, b) => a.key - b.key);
      const value = music.reduce((sum, one, clip) => sum + Math.fround(one) * Math.fround(order[clip]!.value), 0);
      if (lower <= value && value <= upper) held++;
    }
    // Standard error 1.3 %.
    expect(held / repetitions).toBeGreaterThan(0.91);
    expect(held / repetitions).toBeLessThan(0.99);
  });

  it('pass reasons on, and need clips that have both music and video', () => {
    const few = scoringWorld({ clipCount: 4, systems: [], lacksReference: (clipId) => clipId !== 'clip-001' });
    const reason = skipped('needs 2 clips with music, got 1');
    expect(crossBaselines(recallAt(1), few)).toMatchObject({ realAgainstReal: reason, chanceShuffledPairs: reason });
    const refusing = { ...recallAt(1), compute: () => skipped('zero vector') };
    expect(crossBaselines(refusing, perfectWorld(5))).toMatchObject({
      realAgainstReal: skipped('zero vector'),
      chanceShuffledPairs: skipped('zero vector'),
    });
  });
});
