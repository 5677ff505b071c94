import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { ok, skipped } from '../../src/core/outcome.js';
import type { Figure } from '../../src/core/score.js';
import type { SetMetric } from '../../src/metrics/metric.js';
import { systemFeatures, targetFeatures } from '../../src/scoring/clip-features.js';
import type { ScoringInput } from '../../src/scoring/feature-lookup.js';
import { rangeBounds } from '../../src/scoring/range-bounds.js';
import { scoreSet } from '../../src/scoring/score-set.js';
import { mean } from '../../src/stats/mean.js';
import { studentTQuantile } from '../../src/stats/student-t.js';
import { standardDeviation, standardErrorOfMean } from '../../src/stats/variance.js';
import { expectAllClose } from '../helpers/all-close.js';
import { columnMeans, meanDistance, plainMean, scoringWorld } from '../helpers/scoring-world.js';

function figure(metric: SetMetric, world: ScoringInput): Figure {
  const { features, clipIds, seeds } = world;
  const system = world.systems[0]!;
  return scoreSet({
    metric,
    system,
    systemFeatures: systemFeatures(features, { systemId: system.id, clipIds, seeds, need: metric.need }),
    targetFeatures: targetFeatures(metric, { features, clipIds }),
    clipIds,
  });
}

const system = { id: 'a', shift: 1, noise: 0.3 };

describe('scoreSet', () => {
  it('of a linear statistic is the t interval of clip means', () => {
    const world = scoringWorld({ clipCount: 12, systems: [system] });
    const clipMeans = world.clipIds.map((clipId) => {
      const features = world.features.system('a', clipId, 1, plainMean.need);
      return features.status === 'ok' ? columnMeans([features.value])[0]! : expect.fail('no features');
    });
    const { outcome } = figure(plainMean, world);
    if (outcome.status !== 'ok') expect.fail('no figure');
    const halfWidth = studentTQuantile(0.975, 11) * standardErrorOfMean(clipMeans);
    const { value, lower, upper, standardError, method } = outcome.value;
    expect(method).toBe('jackknife-t');
    expectAllClose(
      [value, lower, upper, standardError],
      [mean(clipMeans), mean(clipMeans) - halfWidth, mean(clipMeans) + halfWidth, standardErrorOfMean(clipMeans)],
      { rtol: 1e-9 },
    );
  });

  it('pools the windows of all seeds', () => {
    const one = scoringWorld({ clipCount: 4, systems: [system], seeds: [1] });
    const pooled = systemFeatures(one.features, {
      systemId: 'a',
      clipIds: one.clipIds,
      seeds: [2, 1],
      need: meanDistance.need,
    });
    const separate = [1, 2].map((seed) => one.features.system('a', 'clip-002', seed, meanDistance.need));
    const data = separate.flatMap((outcome) => (outcome.status === 'ok' ? [...outcome.value.data] : []));
    const matrix = pooled.get('clip-002')!;
    expect(matrix.status === 'ok' && [matrix.value.rows, ...matrix.value.data]).toEqual([6, ...data]);
  });

  it('leaves a seed out with a warning and a clip out with its reason', () => {
    const lacks = (clipId: string, seed: number): boolean =>
      clipId === 'clip-003' || (clipId === 'clip-001' && seed === 2);
    const world = scoringWorld({ clipCount: 8, seeds: [1, 2], systems: [{ ...system, lacks }] });
    const result = figure(meanDistance, world);
    expect(result.coverage).toEqual({
      scored: 7,
      total: 8,
      missing: [{ clipId: 'clip-003', reason: 'made no sound' }],
    });
    if (result.outcome.status !== 'ok') expect.fail('no figure');
    expect(result.outcome.warnings).toEqual(
      expect.arrayContaining([
        'clip clip-001: seed 2 is missing: made no sound',
        '7 of 8 clips: the reference set is restricted to the same clips',
      ]),
    );
    const fewer = scoringWorld({ clipCount: 8, seeds: [1, 2], systems: [{ ...system, lacks }] });
    const clipIds = fewer.clipIds.filter((clipId) => clipId !== 'clip-003');
    const restricted = figure(meanDistance, { ...fewer, clipIds });
    expect(restricted.outcome).toMatchObject({ value: result.outcome.value });
  });

  it('deletes system and reference of a clip together', () => {
    const world = scoringWorld({ clipCount: 5, systems: [system] });
    const all = figure(meanDistance, world);
    const without = figure(meanDistance, { ...world, clipIds: world.clipIds.filter((_, clip) => clip !== 2) });
    if (without.outcome.status !== 'ok') expect.fail('no figure');
    expect(all.clipValues[2]).toBe(without.outcome.value.value);
  });

  it('resamples the clips of both sides where the metric asks for it', () => {
    const world = scoringWorld({ clipCount: 12, systems: [system] });
    const resampled: SetMetric['resampled'] = (sets, draws) =>
      ok(
        draws.map((drawn) => {
          const pick = (set: readonly FeatureMatrix[]): FeatureMatrix[] => drawn.map((clip) => set[clip]!);
          const outcome = meanDistance.compute(pick(sets.system), pick(sets.target));
          return outcome.status === 'ok' ? outcome.value : expect.fail('no value');
        }),
      );
    const result = figure({ ...meanDistance, resampled }, world);
    if (result.outcome.status !== 'ok') expect.fail('no figure');
    const { lower, upper, method, standardError } = result.outcome.value;
    expect(method).toBe('bootstrap-percentile');
    expect(result.clipValues).toHaveLength(2000);
    const inside = result.clipValues.filter((value) => lower <= value && value <= upper).length;
    expect(inside / 2000).toBeCloseTo(0.95, 2);
    expect(standardError).toBeCloseTo(standardDeviation(result.clipValues), 12);
    const refusing = figure({ ...meanDistance, resampled: () => skipped('no copies') }, world);
    expect(refusing.outcome).toEqual(skipped('no interval: with clips resampled: no copies'));
  });

  it('cuts the interval at the end of the range, and says so', () => {
    const world = scoringWorld({ clipCount: 6, systems: [{ id: 'a', shift: 0.1, noise: 2 }] });
    const cut = figure(meanDistance, world);
    const free = figure({ ...meanDistance, range: 'unbounded' }, world);
    if (cut.outcome.status !== 'ok' || free.outcome.status !== 'ok') expect.fail('no figure');
    expect(free.outcome.value.lower).toBeLessThan(0);
    expect(cut.outcome.value).toEqual({ ...free.outcome.value, lower: 0 });
    expect(cut.outcome.warnings).toContain('the interval is cut at 0, the lowest possible value');
  });

  it('refuses fewer clips than the metric asks for', () => {
    const world = scoringWorld({ clipCount: 3, systems: [system] });
    const { outcome } = figure({ ...meanDistance, minClips: 4 }, world);
    expect(outcome).toEqual(skipped('needs at least 4 clips, got 3'));
    const one = scoringWorld({ clipCount: 1, systems: [system] });
    expect(figure({ ...meanDistance, minClips: 1 }, one).outcome).toEqual(
      skipped('an interval needs at least 2 clips'),
    );
    expect(figure(meanDistance, { ...world, clipIds: [] }).outcome.status).toBe('skipped');
  });

  it('gives no interval when the metric refuses one clip less', () => {
    const world = scoringWorld({ clipCount: 3, systems: [system] });
    const compute: SetMetric['compute'] = (clips) => (clips.length < 3 ? skipped('too few') : ok(1));
    expect(figure({ ...meanDistance, compute }, world).outcome).toEqual(
      skipped('no interval: without clip clip-000: too few'),
    );
  });

  it('does not ask for references that the metric does not use', () => {
    const world = scoringWorld({ clipCount: 5, systems: [system], lacksReference: () => true });
    expect(figure(plainMean, world).outcome.status).toBe('ok');
    const result = figure(meanDistance, world);
    const reason = "the clip's reference: no sound track";
    expect(result.outcome).toEqual(skipped(`no clip could be scored: ${reason}`));
    expect(result.coverage.missing[0]!.reason).toBe(reason);
  });

  it('marks a system that plays the references', () => {
    const world = scoringWorld({ clipCount: 5, systems: [{ ...system, sameSet: true }] });
    const { outcome } = figure(meanDistance, world);
    expect(outcome).toMatchObject({ status: 'ok', value: { value: 0, lower: 0, upper: 0 } });
    expect(outcome.status === 'ok' && outcome.warnings?.join()).toContain('plays the reference recordings');
  });
});

describe('rangeBounds', () => {
  it.each([
    ['0 to 1', { lowest: 0, highest: 1 }],
    ['[0, 1]', { lowest: 0, highest: 1 }],
    ['0 to infinity', { lowest: 0 }],
    ['[0, ∞)', { lowest: 0 }],
    ['−1..1', { lowest: -1, highest: 1 }],
    ['-1.5 … 2', { lowest: -1.5, highest: 2 }],
    ['1 to N', { lowest: 1 }],
    ['any number', {}],
    ['-infinity to 0', { highest: 0 }],
  ])('of %s', (range, expected) => expect(rangeBounds(range)).toEqual(expected));
});
