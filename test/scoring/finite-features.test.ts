import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { mapOutcome, ok } from '../../src/core/outcome.js';
import { metrics } from '../../src/metrics/index.js';
import type { Metric } from '../../src/metrics/metric.js';
import type { FeatureLookup, ScoringInput } from '../../src/scoring/feature-lookup.js';
import { finiteFeatures } from '../../src/scoring/finite-features.js';
import { scoreRun } from '../../src/scoring/score-run.js';
import { featuresFor } from '../helpers/metric-inputs.js';
import { closeness, likeness, meanDistance, scoringWorld } from '../helpers/scoring-world.js';

const clipIds = Array.from({ length: 8 }, (_, clip) => `clip-${clip}`);
const clipOf = (clipId: string): number => clipIds.indexOf(clipId);

/** All sources of all made-up clips; `spoil` turns what a system made for clip 3 into something else. */
function worldOf(spoil: (matrix: FeatureMatrix) => FeatureMatrix): ScoringInput {
  const features: FeatureLookup = {
    system(systemId, clipId, seed, need) {
      const made = featuresFor(need, { clip: clipOf(clipId), noise: systemId === 'a' ? 0.1 : 0.4, take: `${seed}` });
      return ok(clipId === 'clip-3' && systemId === 'a' ? spoil(made) : made);
    },
    reference: (clipId, need) => ok(featuresFor(need, { clip: clipOf(clipId), noise: 0, take: 'reference' })),
    video: (clipId, need) => ok(featuresFor(need, { clip: clipOf(clipId), noise: 0, take: 'video' })),
    caption: (clipId, need) => ok(featuresFor(need, { clip: clipOf(clipId), noise: 0, take: 'caption' })),
    annotations: (clipId, need) => ok(featuresFor(need, { clip: clipOf(clipId), noise: 0 })),
  };
  const systems = ['a', 'b'].map((id) => ({ id, sameSet: false }));
  return { systems, clipIds, seeds: [1, 2], features, rngSeed: 1 };
}

function withNaN(matrix: FeatureMatrix): FeatureMatrix {
  const data = matrix.data.slice();
  data[(matrix.rows - 1) * matrix.columns] = Number.NaN;
  return { ...matrix, data };
}

/** A family is one function over many spaces: a few of them stand for all here. */
const furtherSpaces =
  /-(musicnn-msd|cnn14-(16|32)k|passt-s-20s|clap-music|clap-music-speech|clap-630k-audioset|imagebind|openl3-[a-z0-9-]+|mert-v1-95m)(-|$)/;
const each = metrics
  .filter(({ id }) => id.startsWith('retrieval-') || !furtherSpaces.test(id))
  .map((metric: Metric) => ({ id: metric.id, metric }));

describe('features that are not finite', () => {
  it('name the clip and the row', () => {
    const world = scoringWorld({ clipCount: 3, systems: [{ id: 'a', shift: 0, noise: 0 }] });
    const spoilt = (outcome: ReturnType<FeatureLookup['reference']>) => mapOutcome(outcome, withNaN);
    const features = finiteFeatures({
      ...world.features,
      system: (...of) => spoilt(world.features.system(...of)),
      reference: (...of) => spoilt(world.features.reference(...of)),
    });
    expect(features.system('a', 'clip-001', 1, meanDistance.need)).toEqual({
      status: 'failed',
      error: { code: 'not-finite', message: 'clip clip-001, seed 1: row 2 of the features is not finite' },
    });
    expect(features.reference('clip-002', likeness.need)).toMatchObject({
      error: { message: 'the reference of clip clip-002: row 2 of the features is not finite' },
    });
    expect(features.video('clip-002', closeness.targetNeed).status).toBe('ok');
  });

  it.each(each)('cost $id that clip, and no more', ({ metric }) => {
    const { scores } = scoreRun({ ...worldOf(withNaN), metrics: [metric] });
    const [a, b] = scores.figures;
    const reason = a!.coverage.missing.find(({ clipId }) => clipId === 'clip-3')?.reason;
    expect(reason).toMatch(/clip-3.*row \d/);
    expect(a!.clipIds).not.toContain('clip-3');
    expect(b!.coverage.missing.filter(({ reason }) => reason.includes('finite'))).toEqual([]);
    expect(JSON.parse(JSON.stringify(scores))).toEqual(scores);
  });

  it.each(each)('leave $id with reasons where all clips are gone', ({ metric }) => {
    const world = worldOf((matrix) => matrix);
    const gone = { ...world.features, system: () => ok({ rows: 1, columns: 1, data: new Float32Array([Number.NaN]) }) };
    const { scores } = scoreRun({ ...world, features: gone, metrics: [metric] });
    for (const { outcome, coverage } of scores.figures) {
      expect(outcome).toMatchObject({ status: 'skipped', reason: expect.stringContaining('not finite') });
      expect(coverage.scored).toBe(0);
    }
    expect(scores.comparisons.every(({ outcome }) => outcome.status === 'skipped')).toBe(true);
  });

  it.each(each)('do not change what $id gives the same clips beside other systems', ({ metric }) => {
    const world = worldOf((matrix) => matrix);
    const both = scoreRun({ ...world, metrics: [metric] }).scores.figures;
    const alone = scoreRun({ ...world, systems: world.systems.slice(1), metrics: [metric] }).scores.figures;
    expect(alone[0]).toEqual(both[1]);
  });
});
