import { describe, expect, it } from 'vitest';
import { ok } from '../../src/core/outcome.js';
import { deletionGroups } from '../../src/scoring/deletion-groups.js';
import { scoreMetric } from '../../src/scoring/score-run.js';
import { mostDeletions } from '../../src/scoring/settings.js';
import { jackknifeStandardError } from '../../src/stats/jackknife.js';
import { standardErrorOfMean } from '../../src/stats/variance.js';
import { columnMeans, meanDistance, plainMean, scoringWorld } from '../helpers/scoring-world.js';

describe('deletionGroups', () => {
  it('leaves each clip out alone as long as that is affordable', () => {
    expect(deletionGroups(3)).toEqual([[0], [1], [2]]);
    expect(deletionGroups(mostDeletions)).toHaveLength(mostDeletions);
    expect(deletionGroups(0)).toEqual([]);
  });

  it.each([101, 150, 300, 999, 5000])('divides %i clips into 50 to 100 groups of nearly equal size', (count) => {
    const groups = deletionGroups(count);
    const sizes = groups.map((group) => group.length);
    expect(groups.flat().sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(groups.length).toBeGreaterThan(49);
    expect(groups.length).toBeLessThanOrEqual(mostDeletions);
    expect(deletionGroups(count)).toEqual(groups);
  });
});

describe('a figure of many clips', () => {
  const systems = [
    { id: 'a', shift: 1, noise: 0.3 },
    { id: 'b', shift: 1.3, noise: 0.3 },
  ];
  const world = scoringWorld({ clipCount: 150, systems });

  it('says that groups of clips were left out, and has the standard error of single ones', () => {
    const [figure] = scoreMetric(plainMean, { ...world, clipScores: [] }).figures;
    if (figure?.outcome.status !== 'ok') expect.fail('no figure');
    expect(figure.outcome.value.method).toBe('group-jackknife-t');
    expect(figure.clipValues).toHaveLength(75);
    const clipMeans = world.clipIds.map((clipId) => {
      const features = world.features.system('a', clipId, 1, plainMean.need);
      return features.status === 'ok' ? columnMeans([features.value])[0]! : expect.fail('no features');
    });
    // 75 groups estimate a standard error to about 1 / √150 = 8 %.
    const ratio = figure.outcome.value.standardError / standardErrorOfMean(clipMeans);
    expect(jackknifeStandardError(figure.clipValues)).toBe(figure.outcome.value.standardError);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.25);
  });

  it('is compared group by group', () => {
    const { comparisons } = scoreMetric(meanDistance, { ...world, clipScores: [] });
    expect(comparisons[0]!.outcome).toMatchObject({
      status: 'ok',
      value: { test: 'jackknife-t', difference: { method: 'group-jackknife-t' } },
    });
  });

  it('uses the faster way of a metric, with the same groups', () => {
    const seen: number[][] = [];
    const leaveOut: NonNullable<typeof plainMean.leaveOut> = ({ system }, groups) => {
      seen.push(...groups.map((group) => [...group]));
      return ok(groups.map((group) => columnMeans(system.filter((_, clip) => !group.includes(clip)))[0]!));
    };
    const slow = scoreMetric(plainMean, { ...world, clipScores: [] });
    expect(scoreMetric({ ...plainMean, leaveOut }, { ...world, clipScores: [] })).toEqual(slow);
    expect(seen.slice(0, 75)).toEqual(deletionGroups(150));
    const broken = scoreMetric({ ...plainMean, leaveOut: () => ok([Number.NaN]) }, { ...world, clipScores: [] });
    expect(broken.figures[0]!.outcome).toMatchObject({ status: 'skipped', reason: expect.stringContaining('NaN') });
  });
});
