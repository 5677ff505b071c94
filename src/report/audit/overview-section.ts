import { html, type Markup } from '../html/markup.js';
import type { AuditedMetric, AuditReport } from './audit-report.js';
import { verdictOfCurve, verdictText } from './verdicts.js';

/** Every metric against every damage in one table: what was noticed, and from which level on. */
export function overviewSection(report: AuditReport): Markup {
  return html`<section id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">Overview</h2>
<p class="lead">“Worse from” names the mildest level from which on the metric tells the damage from undamaged music (Holm over all damages of the metric, 5 %) and by at least a hundredth of its span. Unmoved is right where the metric should not care: a distance of sets need not mind the time.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Overview"><table>
<caption><span>What each metric made of each damage; the number is the rank of sensitivity within the metric</span></caption>
<thead><tr><th scope="col">Damage</th>${report.metrics.map(({ description }) => html`<th scope="col">${description.title}</th>`)}</tr></thead>
<tbody>${report.damages.map(({ id, title, summary }) => html`<tr><th scope="row">${title}<br><small class="muted">${summary}</small></th>${report.metrics.map((metric) => cell(metric, id))}</tr>`)}</tbody></table></div>
</section>`;
}

function cell({ audit }: AuditedMetric, damageId: string): Markup {
  const curve = audit.curves.find((one) => one.damageId === damageId);
  if (curve === undefined) return html`<td class="none">not in this audit</td>`;
  const rank = audit.sensitivity.find((one) => one.damageId === damageId)?.rank;
  const chip = rank?.status === 'ok' ? html` <span class="chip">${rank.value}</span>` : undefined;
  return html`<td class="verdict-${verdictOfCurve(curve)}">${verdictText(curve)}${chip}</td>`;
}
