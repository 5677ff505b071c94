import { chartHeightPx, metricChart } from '../charts.js';
import type { Leaderboard } from '../leaderboard-types.js';
import type { Provenance } from '../provenance.js';
import { clipsSection, type MediaByClip } from './clips-section.js';
import { comparisonsSection } from './comparisons-section.js';
import { contentPolicy } from './content-policy.js';
import { headerSection } from './header-section.js';
import { leaderboardSection } from './leaderboard-section.js';
import { html, type Markup, scriptJson, trusted } from './markup.js';
import { metricsSection } from './metrics-section.js';
import { notesSection, notScoredSection } from './notes-section.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';
import { provenanceSection } from './provenance-section.js';

export interface PageInput {
  readonly leaderboard: Leaderboard;
  readonly provenance: Provenance;
  /** Videos and reference music by clip id; clips without are shown without. */
  readonly media: MediaByClip;
  /** Source text of Chart.js as one classic script that sets the global `Chart`. */
  readonly chartLibrary: string;
}

/** One page that needs nothing but itself and the run folder's media: opens from `file://`, reaches no network. */
export function renderHtml({ leaderboard, provenance, media, chartLibrary }: PageInput): string {
  const style = `${pageStyle}\n.chart{height:${chartHeightPx(leaderboard)}px}`;
  // The end of a script inside the library's strings would end ours.
  const library = chartLibrary.replaceAll('</script', '<\\/script');
  const policy = contentPolicy({ scripts: [library, pageScript], styles: [style] });
  const charts = leaderboard.columns.map(({ id }) => ({
    light: metricChart(leaderboard, id, 'light'),
    dark: metricChart(leaderboard, id, 'dark'),
  }));
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${leaderboard.suite.title} · leaderboard</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#leaderboard">Skip to the leaderboard</a>
${headerSection(leaderboard)}
${navigation()}
<main>
${leaderboardSection(leaderboard)}
${metricsSection(leaderboard)}
${comparisonsSection(leaderboard)}
${clipsSection(leaderboard, media)}
${notScoredSection(leaderboard)}
${notesSection(leaderboard)}
${provenanceSection(leaderboard, provenance)}
</main>
<script type="application/json" id="report-data">${scriptJson({ charts })}</script>
<script>${trusted(library)}</script>
<script>${trusted(pageScript)}</script>
</body>
</html>
`;
  return page.text;
}

function navigation(): Markup {
  return html`<nav aria-label="Sections"><a href="#leaderboard">Leaderboard</a><a href="#metrics">Metrics</a><a href="#differences">Differences</a><a href="#clips">Clips</a><a href="#not-scored">Not scored</a><a href="#notes">Notes</a><a href="#provenance">Provenance</a></nav>`;
}
