import { describe, expect, it } from 'vitest';
import { ok } from '../../src/core/outcome.js';
import { decimalsFor, formatNumber, formatPValue, formatRank } from '../../src/report/format.js';
import { buildLeaderboard } from '../../src/report/leaderboard.js';
import type { Leaderboard } from '../../src/report/leaderboard-types.js';
import { sampleRun } from './sample-run.js';

const board = buildLeaderboard(sampleRun());

describe('decimalsFor', () => {
  it.each([
    [1234, 200, 0],
    [41.2, 6.1, 1],
    [0.71, 0.09, 3],
    [0.71, 0.11, 2],
    [0.00012, 0.00001, 4],
  ])('shows two digits of the half-width: %d ± %d with %i decimals', (value, halfWidth, decimals) => {
    expect(decimalsFor(boardWith(value, halfWidth), 'loudness-curve')).toBe(decimals);
  });

  it('falls back to the size of the values where no interval has a width', () => {
    expect(decimalsFor(boardWith(0.5, 0), 'loudness-curve')).toBe(3);
    expect(decimalsFor(boardWith(0, 0), 'loudness-curve')).toBe(2);
  });
});

describe('formatting', () => {
  it('has a typographic minus, and none on a zero', () => {
    expect(formatNumber(-0.126, 2)).toBe('−0.13');
    expect(formatNumber(-0.001, 2)).toBe('0.00');
  });

  it('shows ranges of ranks and small p-values', () => {
    expect(formatRank({ best: 2, worst: 2, tieGroup: 1 })).toBe('2');
    expect(formatRank({ best: 1, worst: 3, tieGroup: 1 })).toBe('1–3');
    expect(formatPValue(0.0004)).toBe('< 0.001');
    expect(formatPValue(0.0123)).toBe('0.012');
  });
});

function boardWith(value: number, halfWidth: number): Leaderboard {
  const [lower, upper] = [value - halfWidth, value + halfWidth];
  const estimate = { value, lower, upper, level: 0.95, method: 'bootstrap-bca', standardError: halfWidth / 2 } as const;
  const rows = board.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, outcome: ok(estimate) })),
  }));
  return { ...board, rows };
}
