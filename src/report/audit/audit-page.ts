import { contentPolicy } from '../html/content-policy.js';
import { html, type Markup, scriptJson, trusted } from '../html/markup.js';
import { pageScript } from '../html/page-script.js';
import { pageStyle } from '../html/page-style.js';
import { auditChartHeightPx, responseChart, sampleSizeChart } from './audit-charts.js';
import { auditMetricSection } from './audit-metric-section.js';
import type { AuditReport } from './audit-report.js';
import { overviewSection } from './overview-section.js';

export interface AuditPageInput {
  readonly report: AuditReport;
  /** Source text of Chart.js as one classic script that sets the global `Chart`. */
  readonly chartLibrary: string;
}

/** One page that needs nothing but itself: opens from `file://`, reaches no network, and reads without scripts. */
export function renderAuditPage({ report, chartLibrary }: AuditPageInput): string {
  const style = `${pageStyle}\n.chart{height:${auditChartHeightPx}px}\n.verdict-falls{color:var(--real)}\n.verdict-rises{color:var(--warn);font-weight:600}`;
  const library = chartLibrary.replaceAll('</script', '<\\/script');
  const policy = contentPolicy({ scripts: [library, pageScript], styles: [style] });
  const charts: object[] = [];
  const sections = report.metrics.map((metric) => {
    const responses = charts.push(themes((theme) => responseChart(report, metric, theme))) - 1;
    const hasSizes = sampleSizeChart(metric) !== undefined;
    const sizes = hasSizes ? charts.push(themes((theme) => sampleSizeChart(metric, theme))) - 1 : undefined;
    return auditMetricSection(report, metric, { responses, sizes });
  });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Metric audit on ${report.suite.title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#overview">Skip to the overview</a>
${header(report)}
<nav aria-label="Sections"><a href="#overview">Overview</a>${report.metrics.map(({ description: { id, title } }) => html`<a href="#${id}">${title}</a>`)}</nav>
<main>
${overviewSection(report)}
${sections}
</main>
<script type="application/json" id="report-data">${scriptJson({ charts })}</script>
<script>${trusted(library)}</script>
<script>${trusted(pageScript)}</script>
</body>
</html>
`.text;
}

function themes<T>(chart: (theme: 'light' | 'dark') => T): object {
  return { light: chart('light'), dark: chart('dark') };
}

function header(report: AuditReport): Markup {
  const { suite, protocol, clipCount, window, runId, partial, warnings } = report;
  const facts: [string, Markup][] = [
    ['Suite', html`${suite.id} ${suite.version}`],
    ['Clips', html`${clipCount}`],
    ['Used', window === 'full' ? html`whole clips` : html`first ${window} s`],
    ['Protocol', html`${protocol.id}`],
    ['Protocol hash', html`<code title="${protocol.hash}">${protocol.hash.slice(0, 12)}</code>`],
    ['Run', html`<code>${runId}</code>`],
  ];
  const reasons = [...(partial.isPartial ? partial.reasons : []), ...warnings];
  return html`<header class="top">
<p class="kicker">Video-to-music benchmark</p>
<h1>Do the metrics measure what they claim?</h1>
<p class="verdict">The music of ${suite.title}, damaged under control, and what each metric made of it.</p>
${reasons.map((reason) => html`<p class="banner" role="note"><strong>Note</strong> ${reason}</p>`)}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}
