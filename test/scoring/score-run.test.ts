import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/core/score.js';
import { scoreMetric, scoreRun } from '../../src/scoring/score-run.js';
import { closeness, equalRows, likeness, meanDistance, plainMean, scoringWorld } from '../helpers/scoring-world.js';

const metrics = [meanDistance, closeness, equalRows, likeness, plainMean];
const world = scoringWorld({
  clipCount: 12,
  seeds: [3, 1, 2],
  systems: [
    { id: 'near', shift: 0.1, noise: 0.2 },
    { id: 'far', shift: 1, noise: 0.5, lacks: (clipId, seed) => clipId === 'clip-004' || seed === 2 },
    { id: 'oracle', shift: 0, noise: 0, sameSet: true },
    { id: 'absent', shift: 0, noise: 0, lacks: () => true },
  ],
});

describe('scoreRun', () => {
  const run = scoreRun({ ...world, metrics });

  it('has a figure for every metric and system, a comparison for every pair, baselines for every metric', () => {
    expect(run.scores.figures).toHaveLength(5 * 4);
    expect(run.scores.comparisons).toHaveLength(5 * 6);
    expect(run.scores.baselines.map(({ metric }) => metric.id)).toEqual(metrics.map(({ id }) => id).sort());
    expect(run.clipScores).toHaveLength(3 * 4 * 12 * 3);
  });

  it('does not depend on any order', () => {
    const reversed = {
      ...world,
      clipIds: [...world.clipIds].reverse(),
      systems: [...world.systems].reverse(),
      seeds: [...world.seeds].reverse(),
    };
    expect(scoreRun({ ...reversed, metrics: [...metrics].reverse() })).toEqual(run);
  });

  it('gives a metric and a system the same numbers whatever else is scored', () => {
    const alone = scoreRun({ ...world, systems: world.systems.slice(0, 1), metrics: [meanDistance, closeness] });
    const same = run.scores.figures.filter(
      ({ metric, systemId }) => systemId === 'near' && (metric.id === 'closeness' || metric.id === 'mean-distance'),
    );
    expect(alone.scores.figures).toEqual(same);
  });

  it('depends on the seed of scoring, but not in its values', () => {
    const other = scoreRun({ ...world, rngSeed: 8, metrics: [closeness] }).scores;
    const first = run.scores.figures.find(({ systemId, metric }) => systemId === 'near' && metric.id === 'closeness')!;
    const same = other.figures[2]!;
    if (same.outcome.status !== 'ok' || first.outcome.status !== 'ok') expect.fail('no figures');
    expect(same.systemId).toBe('near');
    expect(same.outcome.value.value).toBe(first.outcome.value.value);
    const pValues = (comparisons: readonly Comparison[]): number[] =>
      comparisons.flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome.value.pValue] : []));
    const ofCloseness = run.scores.comparisons.filter(({ metric }) => metric.id === 'closeness');
    expect(pValues(other.comparisons)).toHaveLength(3);
    expect(pValues(other.comparisons)).not.toEqual(pValues(ofCloseness));
  });

  it('is plain data without a single NaN', () => {
    const scores = JSON.stringify(run.scores);
    expect(JSON.parse(scores)).toEqual(run.scores);
  });

  it('can be taken apart: clip scores first, one metric at a time later', () => {
    const { figures, baselines, comparisons } = scoreMetric(likeness, { ...world, clipScores: run.clipScores });
    expect(figures).toEqual(run.scores.figures.filter(({ metric }) => metric.id === 'likeness'));
    expect(comparisons).toEqual(run.scores.comparisons.filter(({ metric }) => metric.id === 'likeness'));
    expect([baselines]).toEqual(run.scores.baselines.filter(({ metric }) => metric.id === 'likeness'));
  });

  it('scores nothing without clips', () => {
    const { scores } = scoreRun({ ...world, clipIds: [], metrics });
    expect(scores.figures.every(({ outcome }) => outcome.status === 'skipped')).toBe(true);
    expect(scores.comparisons.every(({ outcome }) => outcome.status === 'skipped')).toBe(true);
  });
});
