import Papa from 'papaparse';
import { type Outcome, reasonOf } from '../core/outcome.js';
import { protocolName } from '../core/protocol.js';
import type { Cell, Column, Leaderboard, Row, Yardstick } from './leaderboard-types.js';

type Field = string | number | boolean;

/**
 * One line a system and metric, at full precision. An empty field means "no value"; the `reason` fields say why.
 * Text that a spreadsheet would take for a formula is prefixed with an apostrophe.
 */
export function renderCsv(leaderboard: Leaderboard): string {
  const lines = leaderboard.rows.flatMap((row) =>
    leaderboard.columns.map((column, index) => lineOf(leaderboard, column, row, row.cells[index] as Cell)),
  );
  return `${Papa.unparse(lines, { newline: '\n', escapeFormulae: true })}\n`;
}

function lineOf(board: Leaderboard, column: Column, row: Row, cell: Cell): Record<string, Field> {
  return {
    run: board.runId,
    suite: board.suite.id,
    suite_version: board.suite.version,
    suite_hash: board.suite.hash,
    protocol: protocolName(board.protocol),
    protocol_version: board.protocol.version ?? '',
    protocol_status: board.protocol.status ?? '',
    protocol_hash: board.protocol.hash,
    partial: board.partial.isPartial,
    system: row.systemId,
    system_version: row.version,
    system_title: row.title,
    system_sees: row.sees.join(' '),
    same_set: row.sameSet,
    metric: column.id,
    metric_title: column.title,
    metric_version: column.version,
    level: column.level,
    better: column.direction,
    primary: column.isPrimary,
    ...figureFields(cell),
    ...rankFields(cell),
    ...spreadFields(cell),
    ...Object.fromEntries(column.yardsticks.map(yardstickField)),
  };
}

function figureFields({ outcome, coverage, smallestDetectableDifference, atEqualCount }: Cell): Record<string, Field> {
  const estimate = outcome.status === 'ok' ? outcome.value : undefined;
  return {
    outcome: outcome.status,
    reason: outcome.status === 'ok' ? '' : reasonOf(outcome),
    value: estimate?.value ?? '',
    lower: estimate?.lower ?? '',
    upper: estimate?.upper ?? '',
    interval_level: estimate?.level ?? '',
    interval_method: estimate?.method ?? '',
    standard_error: estimate?.standardError ?? '',
    clips_scored: coverage.scored,
    clips_total: coverage.total,
    smallest_detectable_difference: valueOrEmpty(smallestDetectableDifference),
    value_at_equal_clip_count: atEqualCount === undefined ? '' : valueOrEmpty(atEqualCount),
    warnings: outcome.status === 'ok' ? (outcome.warnings ?? []).join('; ') : '',
  };
}

function rankFields({ rank }: Cell): Record<string, Field> {
  if (rank.status !== 'ok') return { rank_best: '', rank_worst: '', not_ranked_reason: reasonOf(rank) };
  return { rank_best: rank.value.best, rank_worst: rank.value.worst, not_ranked_reason: '' };
}

/** What the figure was computed from, and where the spread of generations comes from. */
function spreadFields({ sampleSize, varianceShares, seedSpread }: Cell): Record<string, Field> {
  const shares = varianceShares?.status === 'ok' ? varianceShares.value : undefined;
  const seeds = seedSpread?.status === 'ok' ? seedSpread.value : undefined;
  return {
    windows: sampleSize?.windows ?? '',
    dimensions: sampleSize?.dimensions ?? '',
    variance_share_clip: shares?.clipShare ?? '',
    variance_share_seed: shares?.seedShare ?? '',
    seed_values: seeds?.values.map(({ seed, value }) => `${seed}: ${value}`).join('; ') ?? '',
    seed_standard_deviation: seeds?.standardDeviation ?? '',
    spread_reason: spreadReason(varianceShares ?? seedSpread),
  };
}

function spreadReason(outcome: Outcome<unknown> | undefined): string {
  if (outcome === undefined) return '';
  return outcome.status === 'ok' ? (outcome.warnings ?? []).join('; ') : reasonOf(outcome);
}

function yardstickField({ kind, outcome }: Yardstick): [string, Field] {
  return [kind.replaceAll('-', '_'), outcome.status === 'ok' ? outcome.value.value : ''];
}

function valueOrEmpty(outcome: Outcome<number>): Field {
  return outcome.status === 'ok' ? outcome.value : '';
}
