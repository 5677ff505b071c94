import { formatNumber, formatProtocol } from '../format.js';
import type { Leaderboard } from '../leaderboard-types.js';
import type { Provenance } from '../provenance.js';
import { html, type Markup } from './markup.js';

/** With what the numbers were made, so that they can be made again. */
export function provenanceSection(board: Leaderboard, provenance: Provenance): Markup {
  const { suite, protocol } = board;
  return html`<section id="provenance" aria-labelledby="provenance-title">
<h2 id="provenance-title">Provenance</h2>
<pre class="command" tabindex="0"><code>${provenance.command}</code></pre>
<dl class="facts wide">
${fact('Started', provenance.startedAt)}${fact('Finished', provenance.finishedAt ?? 'not yet')}${environmentFacts(provenance)}
${fact('Protocol', formatProtocol(protocol))}${hashFact('Suite hash', suite.hash)}${hashFact('Protocol hash', protocol.hash)}
${fact('Suite licence', suite.licence)}${fact('Suite citation', suite.citation)}
</dl>
${modelsTable(provenance)}
${speedsTable(board, provenance)}
</section>`;
}

function environmentFacts({ environment }: Provenance): Markup[] {
  const { gitCommit, gitDirty } = environment;
  const commit =
    gitCommit === undefined ? 'not from a repository' : `${gitCommit}${gitDirty ? ' with local changes' : ''}`;
  return [
    fact('bench', environment.benchVersion),
    fact('Commit', commit),
    fact('Node.js', environment.node),
    fact('Platform', environment.platform),
    fact('Processor', environment.cpu),
    fact('onnxruntime', `${environment.onnxruntime}, ${environment.executionProvider}`),
    fact('ffmpeg', environment.ffmpeg),
  ];
}

function fact(name: string, value: string): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function hashFact(name: string, value: string): Markup {
  return html`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>`;
}

function modelsTable({ environment: { models } }: Provenance): Markup | undefined {
  if (models.length === 0) return undefined;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Models"><table>
<caption><span>Models that the metrics used</span></caption>
<thead><tr><th scope="col">Model</th><th scope="col">Licence</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${models.map(({ id, licence, sha256 }) => html`<tr><th scope="row">${id}</th><td>${licence}</td><td><code>${sha256}</code></td></tr>`)}</tbody></table></div>`;
}

function speedsTable(board: Leaderboard, { speeds }: Provenance): Markup | undefined {
  if (speeds.length === 0) return undefined;
  const titleOf = (id: string): string => board.rows.find(({ systemId }) => systemId === id)?.title ?? id;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Speed"><table>
<caption><span>Speed on this machine; no part of any score</span></caption>
<thead><tr><th scope="col">System</th><th scope="col" class="number">Seconds of music a second</th><th scope="col" class="number">Outputs</th></tr></thead>
<tbody>${speeds.map(({ systemId, realTimeFactor, outputCount }) => html`<tr><th scope="row">${titleOf(systemId)}</th><td class="number">${formatNumber(realTimeFactor, realTimeFactor < 10 ? 2 : 0)}</td><td class="number">${outputCount}</td></tr>`)}</tbody></table></div>`;
}
