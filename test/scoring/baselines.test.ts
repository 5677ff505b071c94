import { describe, expect, it } from 'vitest';
import { ok, skipped } from '../../src/core/outcome.js';
import type { PairedMetric, SetMetric } from '../../src/metrics/metric.js';
import { baselinesOf } from '../../src/scoring/baselines.js';
import {
  closeness,
  equalRows,
  likeness,
  matrix,
  meanDistance,
  plainMean,
  scoringWorld,
  type WorldSystem,
} from '../helpers/scoring-world.js';

const system: WorldSystem = { id: 'a', shift: 1, noise: 0.3 };

/** Notes how many clips each call sees, and whether both sides share a clip. */
function recording(): { metric: SetMetric; calls: { system: number; reference: number; shared: boolean }[] } {
  const calls: { system: number; reference: number; shared: boolean }[] = [];
  const compute: SetMetric['compute'] = (of, against) => {
    const shared = of.some((one) => against.some((other) => one.data[0] === other.data[0]));
    calls.push({ system: of.length, reference: against.length, shared });
    return meanDistance.compute(of, against);
  };
  return { metric: { ...meanDistance, compute }, calls };
}

describe('set metrics', () => {
  it('hold disjoint halves of equal size against each other', () => {
    const { metric, calls } = recording();
    const baselines = baselinesOf(
      metric,
      scoringWorld({ clipCount: 9, systems: [system, { ...system, id: 'o', sameSet: true }] }),
    );
    expect(calls).toHaveLength(60);
    expect(new Set(calls.map((call) => JSON.stringify(call)))).toEqual(
      new Set([JSON.stringify({ system: 4, reference: 4, shared: false })]),
    );
    expect(baselines.realAgainstReal).toMatchObject({ status: 'ok', value: { clipCount: 4, repeats: 20 } });
    if (baselines.realAgainstReal.status !== 'ok') expect.fail('no value');
    const { value } = baselines.realAgainstReal.value;
    expect(baselines.systemsAtEqualCount).toMatchObject([
      { systemId: 'a', outcome: { status: 'ok' } },
      { systemId: 'o', outcome: { status: 'ok', value } },
    ]);
  });

  it('judge a system with gaps at the same number of clips', () => {
    const { metric, calls } = recording();
    const lacks = (clipId: string): boolean => clipId < 'clip-004';
    baselinesOf(metric, scoringWorld({ clipCount: 8, systems: [{ ...system, lacks }] }));
    expect(new Set(calls.map((call) => JSON.stringify(call)))).toEqual(
      new Set([JSON.stringify({ system: 4, reference: 4, shared: false })]),
    );
    const fewer = scoringWorld({ clipCount: 8, systems: [{ ...system, lacks: (clipId) => clipId < 'clip-005' }] });
    expect(baselinesOf(meanDistance, fewer).systemsAtEqualCount).toEqual([
      { systemId: 'a', outcome: skipped('needs 4 clips, got 3') },
    ]);
  });

  it('have no chance level of pairing', () => {
    const baselines = baselinesOf(meanDistance, scoringWorld({ clipCount: 8, systems: [] }));
    expect(baselines.chanceShuffledPairs).toEqual(
      skipped('does not depend on pairing: the references of all clips are one set, in any order'),
    );
    expect(baselines.chanceTimeShift).toEqual(skipped('does not depend on the position in time'));
  });

  it('refuse halves below the minimum', () => {
    const baselines = baselinesOf({ ...meanDistance, minClips: 5 }, scoringWorld({ clipCount: 9, systems: [system] }));
    const refusal = skipped('a half of the references has 4 clips, needs at least 5');
    expect(baselines.realAgainstReal).toEqual(refusal);
    expect(baselines.systemsAtEqualCount[0]!.outcome).toEqual(refusal);
  });

  it('pass the reason of a metric on', () => {
    const refusing = { ...meanDistance, compute: () => skipped('bandwidth 0') };
    const baselines = baselinesOf(refusing, scoringWorld({ clipCount: 6, systems: [] }));
    expect(baselines.realAgainstReal).toEqual(skipped('bandwidth 0'));
  });

  it('without references take a half on its own', () => {
    const baselines = baselinesOf(plainMean, scoringWorld({ clipCount: 10, systems: [system] }));
    expect(baselines.realAgainstReal.status).toBe('ok');
    expect(baselines.realAgainstRealMeaning).toContain('on its own');
  });
});

describe('paired metrics', () => {
  it('against the video: references on their own video, and on others', () => {
    const baselines = baselinesOf(closeness, scoringWorld({ clipCount: 30, systems: [system] }));
    const { realAgainstReal, chanceShuffledPairs } = baselines;
    if (realAgainstReal.status !== 'ok' || chanceShuffledPairs.status !== 'ok') expect.fail('no values');
    expect(realAgainstReal.value).toMatchObject({ clipCount: 30, repeats: 1 });
    expect(realAgainstReal.value.value).toBeGreaterThan(-0.4);
    expect(chanceShuffledPairs.value.upper).toBeLessThan(-0.6);
    expect(baselines.realAgainstRealMeaning).toContain('own video');
    expect(baselines.chanceTimeShift.status).toBe('skipped');
    expect(baselines.systemsAtEqualCount).toEqual([]);
  });

  it('never pair a reference with its own clip by chance', () => {
    const pairs: string[] = [];
    const compare: PairedMetric['compare'] = (audio, target) => {
      pairs.push(`${audio.data[0]} ${target.data[0]}`);
      return ok(Math.abs(audio.data[0]! - target.data[0]!) < 1e-9 ? 1 : 0);
    };
    const same = { ...scoringWorld({ clipCount: 5, systems: [] }) };
    const features = { ...same.features, reference: same.features.video };
    const baselines = baselinesOf({ ...closeness, compare }, { ...same, features });
    expect(baselines.realAgainstReal).toMatchObject({ status: 'ok', value: { value: 1 } });
    expect(baselines.chanceShuffledPairs).toMatchObject({ status: 'ok', value: { value: 0 } });
    expect(pairs).toHaveLength(5 + 5 * 20);
  });

  it('against the reference: first half of windows against the second', () => {
    const seen: number[][] = [];
    const compare: PairedMetric['compare'] = (audio, target) => {
      seen.push([audio.rows, audio.data[0]!, target.rows, target.data[0]!]);
      return ok(0);
    };
    const world = scoringWorld({ clipCount: 2, systems: [] });
    const features = { ...world.features, reference: () => ok(matrix([[1], [2], [3], [4], [5]])) };
    const baselines = baselinesOf({ ...likeness, compare }, { ...world, features });
    expect(seen.slice(0, 2)).toEqual([
      [2, 1, 2, 4],
      [2, 1, 2, 4],
    ]);
    expect(baselines.realAgainstReal).toMatchObject({ status: 'ok', value: { clipCount: 2, repeats: 1 } });
    expect(baselines.realAgainstRealMeaning).toContain('second half');
  });

  it('against the reference need two windows, and no alignment in time', () => {
    const single = scoringWorld({ clipCount: 4, windows: 1, systems: [] });
    expect(baselinesOf(likeness, single).realAgainstReal.status).toBe('skipped');
    const aligned = { ...equalRows, against: 'reference', targetNeed: equalRows.need } as const;
    const baselines = baselinesOf(aligned, scoringWorld({ clipCount: 4, systems: [] }));
    expect(baselines.realAgainstReal).toMatchObject({ reason: expect.stringContaining('aligned in time') });
  });

  it('shift in time where the metric looks at time', () => {
    const world = scoringWorld({ clipCount: 12, systems: [] });
    const ramp = ok(matrix(Array.from({ length: 50 }, (_, row) => [row])));
    const features = { ...world.features, reference: () => ramp, video: () => ramp };
    const baselines = baselinesOf(equalRows, { ...world, features });
    expect(baselines.realAgainstReal).toMatchObject({ status: 'ok', value: { value: 1 } });
    expect(baselines.chanceTimeShift).toMatchObject({ status: 'ok', value: { value: 0 } });
  });

  it('say when there are no references, or one only', () => {
    const none = scoringWorld({ clipCount: 4, systems: [], lacksReference: () => true });
    const baselines = baselinesOf(equalRows, none);
    expect(baselines.realAgainstReal).toEqual(skipped("no reference could be scored against the clip's video"));
    expect(baselines.chanceTimeShift.status).toBe('skipped');
    const one = scoringWorld({ clipCount: 4, systems: [], lacksReference: (clipId) => clipId !== 'clip-002' });
    expect(baselinesOf(closeness, one).chanceShuffledPairs).toEqual(
      skipped('shuffled pairs need at least 2 clips with references, got 1'),
    );
  });

  it('leave out clips that give no score, and count them', () => {
    const compare: PairedMetric['compare'] = (audio, target) =>
      audio.data[0]! > 0 ? skipped('too loud') : closeness.compare(audio, target);
    const { chanceShuffledPairs } = baselinesOf(
      { ...closeness, compare },
      scoringWorld({ clipCount: 30, systems: [] }),
    );
    expect(chanceShuffledPairs.status === 'ok' && chanceShuffledPairs.warnings?.join()).toMatch(
      /\d+ of 30 clips gave no score/,
    );
  });
});
