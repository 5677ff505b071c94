import type { Leaderboard } from '../leaderboard-types.js';
import { notScored } from '../not-scored.js';
import { html, type Markup } from './markup.js';

/** What was asked for and has no value: a table that hides its gaps cannot be trusted. */
export function notScoredSection(board: Leaderboard): Markup {
  const lines = notScored(board);
  const body = lines.map(
    ({ systemId, metricId, reason, clipIds }) =>
      html`<tr><th scope="row">${titleOf(board, systemId)}</th><td>${metricTitle(board, metricId)}</td><td>${clipIds === undefined ? 'all clips' : clipIds.join(', ')}</td><td class="wide">${reason}</td></tr>`,
  );
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="Not scored"><table>
<caption><span>Outputs, clips and figures without a value</span></caption>
<thead><tr><th scope="col">System</th><th scope="col">Metric</th><th scope="col">Clips</th><th scope="col">Reason</th></tr></thead>
<tbody>${body}</tbody></table></div>`;
  return html`<section id="not-scored" aria-labelledby="not-scored-title">
<h2 id="not-scored-title">Not scored</h2>
${lines.length === 0 ? html`<p>Every system has an output for every clip, and every output has its scores.</p>` : table}
</section>`;
}

export function notesSection(board: Leaderboard): Markup {
  const items = board.notes.map(({ systemIds = [], metricId, text }) => {
    const metrics = metricId === undefined ? [] : [metricTitle(board, metricId)];
    const about = [...systemIds.map((id) => titleOf(board, id)), ...metrics];
    return html`<li>${about.length === 0 ? undefined : html`<strong>${about.join(', ')}</strong> `}${text}</li>`;
  });
  return html`<section id="notes" aria-labelledby="notes-title">
<h2 id="notes-title">Notes</h2>
<ul class="notes">
<li>An interval says what other clips of this kind would have given; it does not cover other kinds of video.</li>
<li>A rank such as 1–3 is the range that the paired differences allow; the section Differences says which pairs are told apart.</li>
${items}
</ul>
</section>`;
}

function titleOf(board: Leaderboard, systemId: string): string {
  return board.rows.find((row) => row.systemId === systemId)?.title ?? systemId;
}

function metricTitle(board: Leaderboard, metricId: string | undefined): string {
  if (metricId === undefined) return 'all metrics';
  return board.columns.find(({ id }) => id === metricId)?.title ?? metricId;
}
