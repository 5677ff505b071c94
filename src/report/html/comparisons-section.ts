import { reasonOf } from '../../core/outcome.js';
import { decimalsFor, formatInterval, formatNumber, formatPValue } from '../format.js';
import type { ComparisonRow, Leaderboard } from '../leaderboard-types.js';
import { html, type Markup } from './markup.js';
import { sortableHead } from './sortable-head.js';

/** Every pair of systems by every metric, over the clips that both have. */
export function comparisonsSection(board: Leaderboard): Markup {
  return html`<section id="differences" aria-labelledby="differences-title">
<h2 id="differences-title">Differences</h2>
${board.comparisons.length === 0 ? html`<p>No two systems could be compared.</p>` : board.columns.map((column, index) => comparisonsOf(board, column.id, index === 0))}
</section>`;
}

function comparisonsOf(board: Leaderboard, metricId: string, isOpen: boolean): Markup | undefined {
  const column = board.columns.find(({ id }) => id === metricId);
  const comparisons = board.comparisons.filter((row) => row.metricId === metricId);
  if (column === undefined || comparisons.length === 0) return undefined;
  const decimals = decimalsFor(board, metricId);
  const shown = comparisons.filter(({ favours }) => favours !== undefined).length;
  return html`<details${isOpen ? html` open` : undefined}><summary>${column.title} <span class="muted">${shown} of ${comparisons.length} pairs told apart</span></summary>
<div class="scroll" tabindex="0" role="region" aria-label="Differences by ${column.title}"><table class="sortable">
<caption><span>${column.title}: A − B over the clips that both have; p adjusted after Holm over all pairs.</span></caption>
<thead><tr>${sortableHead({ label: 'A', first: 'ascending' })}${sortableHead({ label: 'B', first: 'ascending' })}${sortableHead({ label: 'A − B', first: 'descending', numeric: true })}<th scope="col" class="number">Interval</th>${sortableHead({ label: 'p', first: 'ascending', numeric: true })}${sortableHead({ label: 'p adjusted', first: 'ascending', numeric: true })}<th scope="col" class="number">N</th><th scope="col">Test</th>${sortableHead({ label: 'Better', first: 'ascending' })}</tr></thead>
<tbody>${comparisons.map((row) => comparisonRow(board, row, decimals))}</tbody></table></div></details>`;
}

function comparisonRow(board: Leaderboard, row: ComparisonRow, decimals: number): Markup {
  const start = html`<th scope="row" data-value="${titleOf(board, row.systemA)}">${titleOf(board, row.systemA)}</th><td data-value="${titleOf(board, row.systemB)}">${titleOf(board, row.systemB)}</td>`;
  if (row.outcome.status !== 'ok') {
    const reason = `${row.outcome.status}: ${reasonOf(row.outcome)}`;
    return html`<tr>${start}<td class="none" data-value="" colspan="4">${reason}</td><td class="number">${row.clipCount}</td><td colspan="2" class="muted">not tested</td></tr>`;
  }
  const { difference, pValue, adjustedPValue, test } = row.outcome.value;
  const better =
    row.favours === undefined
      ? html`<span class="muted">no difference shown</span>`
      : html`<strong>${titleOf(board, row.favours)}</strong>`;
  return html`<tr>${start}<td class="number" data-value="${difference.value}">${formatNumber(difference.value, decimals)}</td><td class="number">${formatInterval(difference, decimals)}</td><td class="number" data-value="${pValue}">${formatPValue(pValue)}</td><td class="number" data-value="${adjustedPValue}">${formatPValue(adjustedPValue)}</td><td class="number">${row.clipCount}</td><td>${testNames[test]}</td><td data-value="${row.favours ?? ''}">${better}</td></tr>`;
}

const testNames: Readonly<Record<'paired-bootstrap' | 'jackknife-t' | 'bootstrap-standard-error-t', string>> = {
  'paired-bootstrap': 'paired bootstrap',
  'jackknife-t': 'jackknife, t',
  'bootstrap-standard-error-t': 'bootstrap standard error, t',
};

function titleOf(board: Leaderboard, systemId: string): string {
  return board.rows.find((row) => row.systemId === systemId)?.title ?? systemId;
}
