import Table from 'cli-table3';
import { type Outcome, reasonOf } from '../core/outcome.js';
import { protocolName } from '../core/protocol.js';
import type { Estimate } from '../core/score.js';
import { arrowOf, decimalsFor, formatClipCount, formatInterval, formatNumber, formatRank } from './format.js';
import type { Cell, Column, Leaderboard, Row, Yardstick } from './leaderboard-types.js';
import { spreadText } from './spread-text.js';

export interface TerminalOptions {
  /** Columns of the terminal; tables are split by metric to fit. Default 110. */
  readonly widthColumns?: number;
}

const systemWidth = 26;
/** Widest cell: `−12.34 [−12.34, −12.34]¹` and the borders. */
const metricWidth = 27;

/** The leaderboard for the terminal, without colour codes: ranks by metric, values with intervals, then what was not scored. */
export function renderTerminal(board: Leaderboard, options: TerminalOptions = {}): string {
  const perTable = Math.max(1, Math.floor(((options.widthColumns ?? 110) - systemWidth - 1) / metricWidth));
  const footnotes = new Map<string, number>();
  const tables = chunk(board.columns, perTable).map((columns) => tableOf(board, columns, footnotes));
  const notes = [...footnotes].map(([reason, number]) => `${superscript(number)} ${reason}`);
  const legends = board.seeds.length > 1 ? [legend, seedLegend] : [legend];
  return `${[...head(board), ...tables, ...legends, ...notes].join('\n')}\n`;
}

const legend =
  '* orders the table  ↑ higher is better  [interval]  # ranks that the differences allow  N clips scored, where some are missing';
const seedLegend =
  'clip, seed: shares of the variance of single generations  seeds ±: standard deviation of the values of single seeds';

function head(board: Leaderboard): string[] {
  const { suite, partial, protocol } = board;
  return [
    plain(
      `${suite.title}: ${suite.id} ${suite.version}, ${formatClipCount(board)}, protocol ${protocolName(protocol)}, run ${board.runId}`,
    ),
    ...(partial.isPartial ? [plain(`PARTIAL RUN, NOT RANKED: ${partial.reasons.join('; ')}`)] : []),
    ...board.warnings.map((warning) => plain(`WARNING: ${warning}`)),
    ...(partial.isPartial ? [] : [plain(board.verdict.sentence)]),
  ];
}

function tableOf(board: Leaderboard, columns: readonly Column[], footnotes: Map<string, number>): string {
  const table = new Table({
    head: ['System', ...columns.map(columnHead)],
    colWidths: [systemWidth, ...columns.map(() => metricWidth - 1)],
    style: { head: [], border: [] },
    wordWrap: true,
  });
  for (const row of board.rows) {
    const cells = columns.map((column) => cellText(board, cellOf(row, column), footnotes));
    table.push([plain(row.sameSet ? `${row.title} (same set)` : row.title), ...cells]);
  }
  for (const [index, { title }] of (columns[0]?.yardsticks ?? []).entries()) {
    const yardsticks = columns.map((column) => ({ column, yardstick: column.yardsticks[index] as Yardstick }));
    if (yardsticks.every(({ yardstick }) => yardstick.outcome.status !== 'ok')) continue;
    table.push([title, ...yardsticks.map((one) => yardstickText(board, one, footnotes))]);
  }
  return table.toString();
}

function columnHead(column: Column): string {
  const primary = column.isPrimary ? ' *' : '';
  return plain(`${column.title} ${arrowOf(column.direction)}${primary}`);
}

function cellOf(row: Row, column: Column): Cell {
  return row.cells.find((cell) => cell.metricId === column.id) as Cell;
}

function cellText(board: Leaderboard, cell: Cell, footnotes: Map<string, number>): string {
  if (cell.outcome.status !== 'ok') return absentText(cell.outcome, footnotes);
  const rank = cell.rank.status === 'ok' ? `#${formatRank(cell.rank.value)}` : '';
  const { scored, total } = cell.coverage;
  const coverage = scored < total ? `N ${scored}/${total}` : '';
  const decimals = decimalsFor(board, cell.metricId);
  const second = [rank, coverage].filter((part) => part !== '').join('  ');
  const lines = [valueText(cell.outcome.value, decimals), second, seedText(board, cell, decimals)];
  return lines.filter((line) => line !== '').join('\n');
}

/** Only where it is known: with one seed there is nothing to say. */
function seedText(board: Leaderboard, cell: Cell, decimals: number): string {
  const isKnown = cell.varianceShares?.status === 'ok' || cell.seedSpread?.status === 'ok';
  return board.seeds.length > 1 && isKnown ? spreadText(cell, decimals) : '';
}

interface YardstickOfColumn {
  readonly column: Column;
  readonly yardstick: Yardstick;
}

function yardstickText(
  board: Leaderboard,
  { column, yardstick: { outcome } }: YardstickOfColumn,
  footnotes: Map<string, number>,
): string {
  if (outcome.status !== 'ok') return absentText(outcome, footnotes);
  const { value, interval, clipCount } = outcome.value;
  const decimals = decimalsFor(board, column.id);
  if (interval !== undefined) return valueText(interval, decimals);
  return `${formatNumber(value, decimals)}${clipCount === undefined ? '' : ` (N ${clipCount})`}`;
}

function valueText(estimate: Estimate, decimals: number): string {
  return `${formatNumber(estimate.value, decimals)} ${formatInterval(estimate, decimals)}`;
}

function absentText(outcome: Exclude<Outcome<unknown>, { status: 'ok' }>, footnotes: Map<string, number>): string {
  return `–${superscript(footnoteNumber(footnotes, plain(`${outcome.status}: ${reasonOf(outcome)}`)))}`;
}

function footnoteNumber(footnotes: Map<string, number>, reason: string): number {
  const known = footnotes.get(reason) ?? footnotes.size + 1;
  footnotes.set(reason, known);
  return known;
}

function superscript(number: number): string {
  return String(number).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] as string);
}

/** Names and reasons come from files of others: without this they could move the cursor, recolour the screen or turn the direction of writing. */
function plain(raw: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return raw.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
