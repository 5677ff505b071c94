import { reasonOf } from '../../core/outcome.js';
import {
  arrowOf,
  betterOf,
  decimalsFor,
  formatCoverage,
  formatInterval,
  formatMethod,
  formatNumber,
  formatRank,
} from '../format.js';
import type { Cell, Column, Leaderboard, Row } from '../leaderboard-types.js';
import { html, type Markup } from './markup.js';
import { sortableHead } from './sortable-head.js';
import { whiskerScale, whiskerSvg } from './whisker.js';

/** The table that the page is for. */
export function leaderboardSection(board: Leaderboard): Markup {
  const columns = board.columns.map((column, index) => ({
    column,
    index,
    decimals: decimalsFor(board, column.id),
    scale: whiskerScale(board, column),
  }));
  const bodyRows = board.rows.map(
    (row) => html`<tr${row.sameSet ? html` class="same-set"` : undefined}>
${rankCell(board, row)}
<th scope="row" data-value="${row.title}">${systemName(row)}</th>
${columns.map((one) => figureCell(row.cells[one.index] as Cell, one))}
</tr>`,
  );
  return html`<section id="leaderboard" aria-labelledby="leaderboard-title">
<h2 id="leaderboard-title">Leaderboard</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Leaderboard, scrolls sideways">
<table class="board sortable">
<caption><span>Values with ${methods(board)}. The whiskers of a column share one scale; ${legend()}. Systems along one bar at the left are not told apart from the best of them.</span></caption>
<thead><tr>
${sortableHead({ label: 'Rank', first: 'ascending', sorted: 'ascending' })}
${sortableHead({ label: 'System', first: 'ascending' })}
${board.columns.map(metricHead)}
</tr></thead>
<tbody>
${bodyRows}
</tbody>
</table>
</div>
</section>`;
}

function metricHead(column: Column): Markup {
  return sortableHead({
    label: column.title,
    mark: arrowOf(column.direction),
    first: column.direction === 'lower' ? 'ascending' : 'descending',
    note: `${betterOf(column.direction)}${column.isPrimary ? ', primary' : ''}`,
    numeric: true,
  });
}

/** Order of the table as a sort key, so "Rank" brings the first order back. */
function rankCell(board: Leaderboard, row: Row): Markup {
  const rank = row.cells.find(({ metricId }) => metricId === board.primaryMetric)?.rank;
  const position = board.rows.indexOf(row);
  if (rank?.status === 'ok') {
    const { tieGroup } = rank.value;
    const shade = tieGroup % 2 === 1 ? 'odd' : 'even';
    return html`<td class="rank ${shade}" data-value="${position}">${formatRank(rank.value)}<span class="sr"> tie group ${tieGroup}</span></td>`;
  }
  const reason = rank === undefined ? 'the primary metric was not run' : reasonOf(rank);
  return html`<td class="rank none" data-value="${position}" title="${reason}">–<span class="sr">not ranked: ${reason}</span></td>`;
}

function systemName(row: Row): Markup {
  const chips = [
    row.sameSet ? html`<span class="chip warn">same set</span>` : undefined,
    row.kind === 'files' ? html`<span class="chip">ready-made files</span>` : undefined,
    row.sees.length > 0 ? html`<span class="chip">sees ${row.sees.join(', ')}</span>` : undefined,
    row.licenceNotice === undefined ? undefined : html`<span class="chip" title="${row.licenceNotice}">licence</span>`,
  ];
  return html`<span class="name">${row.title}</span><span class="chips">${chips}</span>`;
}

interface FigureColumn {
  readonly column: Column;
  readonly decimals: number;
  readonly scale: readonly [number, number];
}

function figureCell(cell: Cell, { column, decimals, scale }: FigureColumn): Markup {
  const primary = column.isPrimary ? ' primary' : '';
  if (cell.outcome.status !== 'ok') {
    return html`<td class="figure none${primary}" data-value=""><span class="status">${cell.outcome.status}</span><span class="reason">${reasonOf(cell.outcome)}</span></td>`;
  }
  const { value } = cell.outcome;
  const { scored, total } = cell.coverage;
  const rank = cell.rank.status === 'ok' ? html`<span>rank ${formatRank(cell.rank.value)}</span>` : undefined;
  const coverage = scored < total ? html`<span class="low">N ${formatCoverage(cell)}</span>` : undefined;
  return html`<td class="figure${primary}" data-value="${value.value}"><span class="value">${formatNumber(value.value, decimals)}</span>
<span class="interval">${formatInterval(value, decimals)}</span>
${whiskerSvg({ estimate: value, yardsticks: column.yardsticks, scale })}
<span class="under">${rank}${coverage}</span></td>`;
}

function methods(board: Leaderboard): string {
  const names = board.rows.flatMap(({ cells }) =>
    cells.flatMap(({ outcome }) => (outcome.status === 'ok' ? [formatMethod(outcome.value)] : [])),
  );
  return names.length === 0 ? 'no intervals' : `intervals at ${[...new Set(names)].join(' or ')}`;
}

function legend(): Markup {
  return html`<span class="key real">real against real</span>, <span class="key chance">chance</span> and <span class="key shift">time-shift chance</span> are marked`;
}
