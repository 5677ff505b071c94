import { type Outcome, reasonOf } from '../../core/outcome.js';
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
import { howToRead } from '../how-to-read.js';
import type { Cell, Column, Leaderboard, Row, Yardstick } from '../leaderboard-types.js';
import { sampleText, spreadText } from '../spread-text.js';
import { html, type Markup } from './markup.js';

/** A metric at a time: what it says, where it fails, its chart, its yardsticks and every figure in full. */
export function metricsSection(board: Leaderboard): Markup {
  return html`<section id="metrics" aria-labelledby="metrics-title">
<h2 id="metrics-title">Metrics</h2>
${board.columns.map((column, index) => metricArticle(board, column, index))}
</section>`;
}

function metricArticle(board: Leaderboard, column: Column, index: number): Markup {
  const decimals = decimalsFor(board, column.id);
  const unit = column.unit === undefined ? '' : `, in ${column.unit}`;
  return html`<article class="metric">
<h3>${column.title} <span class="arrow" aria-hidden="true">${arrowOf(column.direction)}</span>${column.isPrimary ? html` <span class="chip accent">primary</span>` : undefined}</h3>
<p class="meta"><code>${column.id}</code> version ${column.version} · ${column.level} metric · range ${column.range}${unit} · ${betterOf(column.direction)}</p>
<p>${column.summary}</p>
<p class="read"><strong>How to read</strong> ${howToRead(column, decimals)}</p>
<div class="chart"><canvas data-chart="${index}" role="img" aria-label="${column.title} by system, with intervals and yardsticks. The table below has the numbers."></canvas></div>
${yardstickList(column, decimals)}
<details><summary>All figures and where this metric fails</summary>
<p><strong>Known failure</strong> ${column.knownFailure}</p>
<p class="meta">${column.citation}${column.aliases.length > 0 ? html` · also called ${column.aliases.join(', ')}` : undefined}</p>
${figuresTable(board, column, decimals)}
</details>
</article>`;
}

function yardstickList(column: Column, decimals: number): Markup {
  const item = ({ kind, title, outcome }: Yardstick): Markup => {
    if (outcome.status !== 'ok')
      return html`<div class="absent"><dt><span class="key">${title}</span></dt><dd>${reasonOf(outcome)}</dd></div>`;
    const { value, interval, clipCount, repeats } = outcome.value;
    const spread =
      interval === undefined ? undefined : html` <span class="interval">${formatInterval(interval, decimals)}</span>`;
    const repeated = repeats === undefined || repeats === 1 ? '' : `, mean of ${repeats} halvings`;
    const basis = clipCount === undefined ? undefined : html` <span class="interval">N ${clipCount}${repeated}</span>`;
    return html`<div><dt><span class="key ${keyClass[kind]}">${title}</span></dt><dd>${formatNumber(value, decimals)}${spread}${basis}</dd></div>`;
  };
  return html`<dl class="yardsticks">${column.yardsticks.map(item)}</dl>`;
}

const keyClass: Readonly<Record<Yardstick['kind'], string>> = {
  'real-against-real': 'real',
  'chance-shuffled-pairs': 'chance',
  'chance-time-shift': 'shift',
};

function figuresTable(board: Leaderboard, column: Column, decimals: number): Markup {
  const cells = board.rows.map((row) => cellOf(row, column));
  const shown: ShownColumns = {
    decimals,
    equalCount: cells.some((cell) => cell.atEqualCount !== undefined),
    sample: cells.some((cell) => cell.sampleSize !== undefined),
    spread: board.seeds.length > 1,
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="All figures of ${column.title}"><table>
<caption><span>All figures of ${column.title}</span></caption>
<thead><tr><th scope="col">System</th><th scope="col" class="number">Value</th><th scope="col" class="number">Interval</th><th scope="col">Method</th><th scope="col" class="number">N</th><th scope="col">Rank</th><th scope="col" class="number">Smallest detectable difference</th>${shown.equalCount ? html`<th scope="col" class="number">Value at the N of real against real</th>` : undefined}${shown.sample ? html`<th scope="col" class="number">Windows × dimensions</th>` : undefined}${shown.spread ? html`<th scope="col">Spread of seeds</th>` : undefined}</tr></thead>
<tbody>${board.rows.map((row) => figureRow(row, cellOf(row, column), shown))}</tbody></table></div>`;
}

interface ShownColumns {
  readonly decimals: number;
  readonly equalCount: boolean;
  readonly sample: boolean;
  readonly spread: boolean;
}

function figureRow(row: Row, cell: Cell, { decimals, equalCount, sample, spread }: ShownColumns): Markup {
  const { outcome, rank, smallestDetectableDifference, atEqualCount } = cell;
  const value =
    outcome.status === 'ok'
      ? html`<td class="number">${formatNumber(outcome.value.value, decimals)}</td><td class="number">${formatInterval(outcome.value, decimals)}</td><td>${formatMethod(outcome.value)}</td>`
      : html`<td class="none" colspan="3">${outcome.status}: ${reasonOf(outcome)}</td>`;
  const rankText = rank.status === 'ok' ? formatRank(rank.value) : `not ranked: ${reasonOf(rank)}`;
  return html`<tr><th scope="row">${row.title}</th>${value}<td class="number">${formatCoverage(cell)}</td><td>${rankText}</td>${numberCell(smallestDetectableDifference, decimals)}${equalCount ? numberCell(atEqualCount, decimals) : undefined}${sample ? html`<td class="number">${sampleText(cell)}</td>` : undefined}${spread ? html`<td>${spreadText(cell, decimals)}</td>` : undefined}</tr>`;
}

function numberCell(outcome: Outcome<number> | undefined, decimals: number): Markup {
  if (outcome === undefined) return html`<td class="number">–</td>`;
  if (outcome.status !== 'ok') return html`<td class="none">${reasonOf(outcome)}</td>`;
  return html`<td class="number">${formatNumber(outcome.value, decimals)}</td>`;
}

function cellOf(row: Row, column: Column): Cell {
  return row.cells.find(({ metricId }) => metricId === column.id) as Cell;
}
