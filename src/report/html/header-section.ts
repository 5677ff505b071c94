import { formatClipCount, formatProtocol } from '../format.js';
import type { Leaderboard } from '../leaderboard-types.js';
import { html, type Markup } from './markup.js';

/** Suite, run, what may be said of the top, and every reason to not trust the table. */
export function headerSection(board: Leaderboard): Markup {
  const { suite, protocol, seeds, window } = board;
  const facts: [string, Markup][] = [
    ['Suite', html`${suite.id} ${suite.version}`],
    ['Clips', html`${formatClipCount(board).replace(' clips', '')}`],
    ['Scored', window === 'full' ? html`whole clips` : html`first ${window} s`],
    [seeds.length === 1 ? 'Seed' : 'Seeds', html`${seeds.join(', ')}`],
    ['Protocol', html`${formatProtocol(protocol)}`],
    ['Protocol hash', html`<code title="${protocol.hash}">${protocol.hash.slice(0, 12)}</code>`],
    ['Run', html`<code>${board.runId}</code>`],
    ['Suite hash', html`<code title="${suite.hash}">${suite.hash.slice(0, 12)}</code>`],
  ];
  return html`<header class="top">
<p class="kicker">Video-to-music benchmark</p>
<h1>${suite.title}</h1>
<p class="verdict">${board.verdict.sentence}</p>
${banners(board)}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}

function banners({ partial, warnings }: Leaderboard): Markup[] {
  const marks = warnings.map((warning) => html`<p class="banner" role="note"><strong>Warning</strong> ${warning}</p>`);
  if (!partial.isPartial) return marks;
  const reasons = partial.reasons.join('; ');
  return [html`<p class="banner" role="note"><strong>Partial run, not ranked</strong> ${reasons}</p>`, ...marks];
}
