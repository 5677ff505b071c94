import { reasonOf } from '../core/outcome.js';
import {
  arrowOf,
  decimalsFor,
  formatClipCount,
  formatCoverage,
  formatInterval,
  formatMethod,
  formatNumber,
  formatProtocol,
  formatPValue,
  formatRank,
} from './format.js';
import type { Cell, Column, ComparisonRow, Leaderboard, Row, Yardstick } from './leaderboard-types.js';
import { notScored } from './not-scored.js';

/** The leaderboard for a README or a pull request: tables that GitHub shows, every number with its interval. */
export function renderMarkdown(board: Leaderboard): string {
  const sections = [
    head(board),
    table(
      ['System', ...board.columns.map(columnHead)],
      board.rows.map((row) => systemLine(board, row)),
    ),
    '## Yardsticks',
    table(
      ['Metric', ...(board.columns[0]?.yardsticks ?? []).map(({ title }) => title)],
      board.columns.map((column) => yardstickLine(board, column)),
    ),
    ...comparisonSection(board),
    ...notesSection(board),
    ...notScoredSection(board),
  ];
  return `${sections.join('\n\n')}\n`;
}

function head(board: Leaderboard): string {
  const { suite, partial, warnings, verdict, protocol } = board;
  const lines = [
    `# ${text(suite.title)}`,
    `Suite \`${code(suite.id)}\` ${text(suite.version)}, ${formatClipCount(board)}, protocol ${text(formatProtocol(protocol))}, protocol hash \`${code(protocol.hash.slice(0, 12))}\`, run \`${code(board.runId)}\`, suite hash \`${code(suite.hash.slice(0, 12))}\`.`,
    ...(partial.isPartial ? [`> **Partial run, not ranked**: ${text(partial.reasons.join('; '))}`] : []),
    ...warnings.map((warning) => `> **Warning**: ${text(warning)}`),
    text(verdict.sentence),
  ];
  return lines.join('\n\n');
}

function columnHead(column: Column): string {
  const title = `${text(column.title)} ${arrowOf(column.direction)}`;
  return column.isPrimary ? `**${title}**` : title;
}

function systemLine(board: Leaderboard, row: Row): string[] {
  const marks = row.sameSet ? ' (same set)' : '';
  return [`${text(row.title)}${marks}`, ...row.cells.map((cell) => cellText(board, cell))];
}

function cellText(board: Leaderboard, cell: Cell): string {
  if (cell.outcome.status !== 'ok') return `${cell.outcome.status}: ${text(reasonOf(cell.outcome))}`;
  const decimals = decimalsFor(board, cell.metricId);
  const { value } = cell.outcome;
  const rank = cell.rank.status === 'ok' ? `, rank ${formatRank(cell.rank.value)}` : '';
  const interval = formatInterval(value, decimals);
  return `${formatNumber(value.value, decimals)} ${interval} (N ${formatCoverage(cell)}${rank})`;
}

function yardstickLine(board: Leaderboard, column: Column): string[] {
  const decimals = decimalsFor(board, column.id);
  return [columnHead(column), ...column.yardsticks.map((yardstick) => yardstickText(yardstick, decimals))];
}

function yardstickText({ outcome }: Yardstick, decimals: number): string {
  if (outcome.status !== 'ok') return text(reasonOf(outcome));
  const { value, interval, clipCount } = outcome.value;
  const spread = interval === undefined ? '' : ` ${formatInterval(interval, decimals)}`;
  return `${formatNumber(value, decimals)}${spread}${clipCount === undefined ? '' : ` (N ${clipCount})`}`;
}

function comparisonSection(board: Leaderboard): string[] {
  if (board.comparisons.length === 0) return [];
  const lines = board.comparisons.map((row) => comparisonLine(board, row));
  return ['## Differences', table(['Metric', 'Difference', 'Value', 'p', 'p (Holm)', 'N', 'Better'], lines)];
}

function comparisonLine(board: Leaderboard, row: ComparisonRow): string[] {
  const start = [text(row.metricId), `${text(row.systemA)} − ${text(row.systemB)}`];
  if (row.outcome.status !== 'ok') return [...start, text(reasonOf(row.outcome)), '', '', String(row.clipCount), ''];
  const { difference, pValue, adjustedPValue } = row.outcome.value;
  const decimals = decimalsFor(board, row.metricId);
  return [
    ...start,
    `${formatNumber(difference.value, decimals)} ${formatInterval(difference, decimals)}`,
    text(formatPValue(pValue)),
    text(formatPValue(adjustedPValue)),
    String(row.clipCount),
    row.favours === undefined ? 'no difference shown' : text(row.favours),
  ];
}

function notesSection(board: Leaderboard): string[] {
  const methods = new Set(board.rows.flatMap(({ cells }) => cells.flatMap(({ outcome }) => methodText(outcome))));
  const intervals = methods.size === 0 ? [] : [`- Intervals: ${[...methods].join('; ')}.`];
  const notes = board.notes.map((note) => {
    const about = [...(note.systemIds ?? []), ...(note.metricId === undefined ? [] : [note.metricId])].join(', ');
    return `- ${about === '' ? '' : `${text(about)}: `}${text(note.text)}`;
  });
  return ['## Notes', [...intervals, ...notes].join('\n')];
}

function methodText(outcome: Cell['outcome']): string[] {
  return outcome.status === 'ok' ? [formatMethod(outcome.value)] : [];
}

function notScoredSection(board: Leaderboard): string[] {
  const lines = notScored(board).map(({ systemId, metricId, reason, clipIds }) => [
    text(systemId),
    text(metricId ?? 'all metrics'),
    text(clipIds?.join(', ') ?? 'all clips'),
    text(reason),
  ]);
  return lines.length === 0 ? [] : ['## Not scored', table(['System', 'Metric', 'Clips', 'Reason'], lines)];
}

function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Names and reasons come from files of others: nothing in them may act as Markdown or HTML, or break a table. */
function text(raw: string): string {
  return raw
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]|#~]/g, '\\$&');
}

/** For inside a code span, where backslashes do not escape. */
function code(raw: string): string {
  return raw.replace(/[`|\s]+/g, ' ');
}
