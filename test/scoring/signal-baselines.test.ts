import { describe, expect, it } from 'vitest';
import { ok, skipped } from '../../src/core/outcome.js';
import type { SignalMetric } from '../../src/metrics/metric.js';
import { baselinesOf } from '../../src/scoring/baselines.js';
import { scoreRun } from '../../src/scoring/score-run.js';
import { closeness, scoringWorld } from '../helpers/scoring-world.js';

/** The first cell of the sound. */
const level: SignalMetric = {
  ...closeness,
  id: 'level',
  level: 'signal',
  direction: 'neither',
  measure: ({ data }) => ok(data[0]!),
};
const system = { id: 'a', shift: 1, noise: 0.3 };

describe('baselines of a signal metric', () => {
  it('are what it finds in the references', () => {
    const world = scoringWorld({ clipCount: 6, systems: [system] });
    const values = world.clipIds.map((clipId) => {
      const music = world.features.reference(clipId, level.need);
      return music.status === 'ok' ? music.value.data[0]! : expect.fail('no music');
    });
    const baselines = baselinesOf(level, world);
    const mean = values.reduce((sum, value) => sum + value, 0) / 6;
    expect(baselines.realAgainstReal).toMatchObject({ status: 'ok', value: { clipCount: 6, repeats: 1 } });
    expect(baselines.realAgainstReal.status === 'ok' && baselines.realAgainstReal.value.value).toBeCloseTo(mean, 12);
    expect(baselines.chanceShuffledPairs).toEqual(skipped('describes one sound by itself'));
    expect(baselines.chanceTimeShift).toEqual(skipped('describes one sound by itself'));
    expect(baselines.systemsAtEqualCount).toEqual([]);
  });

  it('leave out references that cannot be measured, and say when none can', () => {
    const some = scoringWorld({ clipCount: 6, systems: [], lacksReference: (clipId) => clipId < 'clip-002' });
    expect(baselinesOf(level, some).realAgainstReal).toMatchObject({ value: { clipCount: 4 } });
    const refusing: SignalMetric = { ...level, measure: () => skipped('silent') };
    expect(baselinesOf(refusing, some).realAgainstReal).toEqual(skipped('no reference could be measured'));
    const throwing: SignalMetric = {
      ...level,
      measure: () => {
        throw new Error('broken');
      },
    };
    expect(baselinesOf(throwing, some).realAgainstReal).toEqual(skipped('no reference could be measured'));
  });

  it('stand beside figures with an interval over clips', () => {
    const { clipScores, scores } = scoreRun({
      ...scoringWorld({ clipCount: 20, systems: [system], seeds: [1, 2] }),
      metrics: [level],
    });
    expect(clipScores).toHaveLength(40);
    expect(scores.figures[0]).toMatchObject({
      outcome: { status: 'ok', value: { method: 'bootstrap-bca' } },
      varianceShares: { status: 'ok', value: { clipCount: 20, generationCount: 40 } },
    });
  });
});
