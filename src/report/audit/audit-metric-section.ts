import type { ResponseCurve, ResponsePoint } from '../../audit/audit-types.js';
import { type Outcome, reasonOf } from '../../core/outcome.js';
import { betterOf, formatPercent, formatPValue } from '../format.js';
import { html, type Markup } from '../html/markup.js';
import type { AuditedMetric, AuditReport } from './audit-report.js';
import { verdictText } from './verdicts.js';

export interface ChartPlaces {
  /** Places in the page's list of charts. */
  readonly responses: number;
  readonly sizes: number | undefined;
}

/** One metric: its curves, the numbers behind them, and what the number of clips does to it. */
export function auditMetricSection(
  report: AuditReport,
  metric: AuditedMetric,
  { responses, sizes }: ChartPlaces,
): Markup {
  const { description, audit } = metric;
  const span =
    audit.span.status === 'ok'
      ? html`One span is ${precise(audit.span.value.value)}, ${audit.span.value.meaning}.`
      : html`It has no span (${reasonOf(audit.span)}), so that changes are shown in its own unit.`;
  return html`<section id="${description.id}" aria-labelledby="${description.id}-title">
<h2 id="${description.id}-title">${description.title}</h2>
<article class="metric">
<p class="meta"><code>${description.id}</code> version ${audit.metricVersion} · ${description.level} metric · ${betterOf(description.direction)}</p>
<p>${description.summary} ${span} Undamaged music scores ${value(audit.undamaged)}.</p>
<div class="chart"><canvas data-chart="${responses}" role="img" aria-label="Worsening of ${description.title} by damage and level. The table below has the numbers."></canvas></div>
<details><summary>All levels in numbers</summary>${levelsTable(report, metric)}</details>
${sampleSize(metric, sizes)}
</article>
</section>`;
}

function levelsTable(report: AuditReport, { description, audit }: AuditedMetric): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="All levels of ${description.title}"><table>
<caption><span>${description.title}: difference to undamaged music with its 95 % interval; monotonicity is the share of level pairs in the order of the damage</span></caption>
<thead><tr><th scope="col">Damage</th><th scope="col">Level</th><th scope="col" class="number">Value</th><th scope="col" class="number">Difference</th><th scope="col" class="number">Adjusted p</th><th scope="col" class="number">N</th><th scope="col">Verdict</th></tr></thead>
<tbody>${audit.curves.map((curve) => curveRows(report, curve))}</tbody></table></div>`;
}

function curveRows(report: AuditReport, curve: ResponseCurve): Markup[] {
  const title = report.damages.find(({ id }) => id === curve.damageId)?.title ?? curve.damageId;
  const count = curve.points.length;
  const order = curve.monotonicity.status === 'ok' ? `, monotonicity ${formatPercent(curve.monotonicity.value)}` : '';
  return curve.points.map((point, index) => {
    const first = index === 0 ? html`<th scope="rowgroup" rowspan="${count}">${title}</th>` : undefined;
    const last = index === 0 ? html`<td rowspan="${count}">${verdictText(curve)}${order}</td>` : undefined;
    return html`<tr>${first}<td>${point.levelText}</td><td class="number">${value(point.outcome)}</td>${changeCells(point)}${last}</tr>`;
  });
}

function changeCells({ change, coverage }: ResponsePoint): Markup {
  const clips = html`<td class="number">${coverage.scored}/${coverage.total}</td>`;
  if (change.status !== 'ok') return html`<td class="none" colspan="2">${reasonOf(change)}</td>${clips}`;
  const { difference, adjustedPValue } = change.value;
  const interval = `[${precise(difference.lower)}, ${precise(difference.upper)}]`;
  return html`<td class="number">${precise(difference.value)} <span class="interval">${interval}</span></td><td class="number">${formatPValue(adjustedPValue)}</td>${clips}`;
}

function sampleSize({ audit }: AuditedMetric, sizes: number | undefined): Markup {
  if (audit.sampleSize.status !== 'ok' || sizes === undefined) {
    const reason = audit.sampleSize.status === 'ok' ? 'no curve' : reasonOf(audit.sampleSize);
    return html`<p class="meta">Sample size: ${reason}.</p>`;
  }
  const { meaning, points } = audit.sampleSize.value;
  return html`<p><strong>Sample size</strong> ${meaning}. Only the number of clips changes along the curve: what slopes is the metric's own bias.</p>
<div class="chart"><canvas data-chart="${sizes}" role="img" aria-label="Value of real music by the number of clips. The list below has the numbers."></canvas></div>
<dl class="yardsticks">${points.map(({ clipCount, outcome }) => html`<div><dt>${clipCount} clips</dt><dd>${number(outcome)}</dd></div>`)}</dl>`;
}

function value(outcome: Outcome<{ readonly value: number }>): string {
  return outcome.status === 'ok' ? precise(outcome.value.value) : reasonOf(outcome);
}

function number(outcome: Outcome<number>): string {
  return outcome.status === 'ok' ? precise(outcome.value) : reasonOf(outcome);
}

function precise(one: number): string {
  return Number(one.toPrecision(3)).toString().replace('-', '\u2212');
}
