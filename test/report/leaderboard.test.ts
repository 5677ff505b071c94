import { describe, expect, it } from 'vitest';
import { mapOutcome } from '../../src/core/outcome.js';
import type { Comparison } from '../../src/core/score.js';
import { buildLeaderboard, type LeaderboardInput } from '../../src/report/leaderboard.js';
import type { Cell, Leaderboard } from '../../src/report/leaderboard-types.js';
import { hostileSystemId, limitedRun, sampleRun } from './sample-run.js';

const board = buildLeaderboard(sampleRun());

function cellAt(leaderboard: Leaderboard, systemId: string, metricId: string): Cell {
  const row = leaderboard.rows.find((one) => one.systemId === systemId);
  return row?.cells.find((cell) => cell.metricId === metricId) as Cell;
}

describe('buildLeaderboard', () => {
  it('orders by the primary metric: the oracle on top, then ranked systems, then those without a value', () => {
    const order = board.rows.map(({ systemId }) => systemId);
    expect(order).toEqual(['oracle', 'retrieval', 'composer', hostileSystemId, 'silence']);
  });

  it('turns the order round with the direction of the metric', () => {
    const run = sampleRun();
    const suite = { ...run.suite, primaryMetric: 'beat-cut-alignment' };
    const order = buildLeaderboard({ ...run, suite }).rows.map(({ systemId }) => systemId);
    expect(order).toEqual(['oracle', 'composer', 'retrieval', hostileSystemId, 'silence']);
  });

  it('gives rank ranges to contestants and reasons to all others', () => {
    expect(cellAt(board, 'composer', 'frechet-music-distance').rank).toMatchObject({ value: { best: 1, worst: 2 } });
    expect(cellAt(board, 'retrieval', 'frechet-music-distance').rank).toMatchObject({ value: { best: 1, worst: 2 } });
    expect(cellAt(board, hostileSystemId, 'frechet-music-distance').rank).toMatchObject({
      value: { best: 3, worst: 3 },
    });
    expect(cellAt(board, 'oracle', 'beat-cut-alignment').rank).toEqual({
      status: 'skipped',
      reason: 'plays the reference recordings themselves',
    });
    expect(cellAt(board, 'silence', 'beat-cut-alignment').rank).toEqual({ status: 'skipped', reason: 'no value' });
  });

  it('ranks the contestants as if the players of the references were not there', () => {
    expect(cellAt(board, 'composer', 'beat-cut-alignment').rank).toMatchObject({ value: { best: 1, worst: 1 } });
    expect(cellAt(board, 'retrieval', 'beat-cut-alignment').rank).toMatchObject({ value: { best: 2, worst: 2 } });
  });

  it('never ranks a partial run, and says why', () => {
    const limited = buildLeaderboard(limitedRun());
    expect(limited.partial).toEqual({ isPartial: true, reasons: ['limited to 3 of 6 clips'] });
    expect(limited.rows.flatMap(({ cells }) => cells).filter(({ rank }) => rank.status === 'ok')).toEqual([]);
    expect(cellAt(limited, 'composer', 'frechet-music-distance').rank).toEqual({
      status: 'skipped',
      reason: 'partial run: limited to 3 of 6 clips',
    });
    expect(limited.verdict.kind).toBe('not-ranked');
  });

  it('marks a run with fewer clips as partial even where the manifest does not', () => {
    const run = limitedRun();
    const limited = buildLeaderboard({ ...run, manifest: { ...run.manifest, partialReasons: [] } });
    expect(limited.partial.reasons).toEqual(["limited to 3 of the suite's 6 clips"]);
  });

  it('makes an absent figure a skipped cell', () => {
    expect(cellAt(board, 'silence', 'loudness-curve').outcome).toEqual({
      status: 'skipped',
      reason: 'no figure was computed',
    });
  });

  it('keeps the columns in the order of the run, with the yardsticks of each', () => {
    expect(board.columns.map(({ id }) => id)).toEqual([
      'frechet-music-distance',
      'beat-cut-alignment',
      'loudness-curve',
    ]);
    expect(board.columns[0]?.yardsticks.map(({ outcome }) => outcome.status)).toEqual(['ok', 'skipped', 'skipped']);
    expect(board.columns[1]?.yardsticks.map(({ outcome }) => outcome.status)).toEqual(['ok', 'ok', 'ok']);
    expect(cellAt(board, 'composer', 'frechet-music-distance').atEqualCount).toEqual({ status: 'ok', value: 55.1 });
  });

  it('names the better system of a pair in the direction of the metric', () => {
    const favours = board.comparisons.map((row) => [row.metricId, row.favours]);
    expect(favours).toEqual([
      ['frechet-music-distance', undefined],
      ['frechet-music-distance', undefined],
      ['frechet-music-distance', 'composer'],
      ['frechet-music-distance', 'retrieval'],
      ['beat-cut-alignment', 'composer'],
      ['beat-cut-alignment', undefined],
    ]);
  });

  it('says that a distance of the same set is 0 by construction', () => {
    expect(board.notes).toContainEqual(
      expect.objectContaining({ systemIds: ['oracle'], text: expect.stringContaining('0 by construction') }),
    );
  });

  it('is the same for an interrupted and resumed run: no times, nothing that depends on the order of the records', () => {
    expect(JSON.stringify(buildLeaderboard(resumed(sampleRun())))).toBe(JSON.stringify(board));
    expect(JSON.stringify(board)).not.toMatch(/2031-01-02|wallSeconds|Example CPU/);
  });

  it('does not change its input', () => {
    const frozen = deepFreeze(sampleRun());
    expect(buildLeaderboard(frozen)).toEqual(board);
  });

  it('refuses a metric that it cannot describe', () => {
    const run = sampleRun();
    expect(() => buildLeaderboard({ ...run, metricDescriptions: run.metricDescriptions.slice(1) })).toThrow(
      /does not know/,
    );
  });
});

describe('verdict', () => {
  it('speaks of a tie where the top cannot be told apart', () => {
    expect(board.verdict.kind).toBe('tie-at-top');
    expect(board.verdict.sentence).toMatch(
      /^2 systems share the top .*Nearest neighbour retrieval, Rule-based composer/,
    );
  });

  it('names a leader only where every other ranked system is told apart from it', () => {
    const run = sampleRun();
    const { verdict } = buildLeaderboard({ ...run, suite: { ...run.suite, primaryMetric: 'beat-cut-alignment' } });
    expect(verdict.kind).toBe('clear-leader');
    expect(verdict.sentence).toMatch(/^Rule-based composer leads by Beats on cuts/);
  });

  it('names no leader that is not told apart from a system which only another one beats', () => {
    const run = sampleRun();
    const comparisons = run.scores.comparisons
      .filter(({ metric }) => metric.id === 'frechet-music-distance')
      .map((one) => (one.systemA === 'composer' && one.systemB === 'retrieval' ? withPValue(one, 0.01) : one))
      .map((one) => (one.systemA === hostileSystemId && one.systemB === 'retrieval' ? withPValue(one, 0.4) : one));
    const { verdict } = buildLeaderboard({ ...run, scores: { ...run.scores, comparisons } });
    expect(verdict.kind).toBe('tie-at-top');
    expect(verdict.sentence).toMatch(/^Nearest neighbour retrieval is beaten by no system/);
  });
});

function withPValue(comparison: Comparison, adjustedPValue: number): Comparison {
  return { ...comparison, outcome: mapOutcome(comparison.outcome, (value) => ({ ...value, adjustedPValue })) };
}

/** Other times and another machine, records in another order, still marked as running. */
function resumed(run: LeaderboardInput): LeaderboardInput {
  const { finishedAt: _, ...manifest } = run.manifest;
  return {
    ...run,
    manifest: {
      ...manifest,
      status: 'running',
      startedAt: '2032-05-06T07:08:09.000Z',
      environment: { ...manifest.environment, cpu: 'Another CPU' },
    },
    generations: [...run.generations].reverse().map((record) => ({
      ...record,
      outcome:
        record.outcome.status === 'ok'
          ? { ...record.outcome, value: { ...record.outcome.value, wallSeconds: 99 } }
          : record.outcome,
    })),
    clipScores: [...run.clipScores].reverse(),
  };
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}
