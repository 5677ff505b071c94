import { reasonOf } from '../../core/outcome.js';
import { arrowOf, decimalsFor, formatNumber } from '../format.js';
import type { ClipAudio, ClipEntry, ClipOutput, Column, Leaderboard } from '../leaderboard-types.js';
import { html, type Markup, relativeUrl } from './markup.js';

/** A media file of a clip, by a path relative to the report, with forward slashes. */
export interface ClipFile {
  readonly path: string;
  /** Where the clip begins inside the file. */
  readonly startSeconds: number;
  /** Left out: to the end of the file. */
  readonly durationSeconds?: number;
}

export interface ClipMedia {
  readonly video?: ClipFile;
  /** The clip's own music where it is a separate file; left out: the video's own sound track. */
  readonly reference?: ClipFile;
}

export type MediaByClip = Readonly<Record<string, ClipMedia>>;

/** Each clip with its video, every system's music for it, scores and remarks; a row's button plays it in time with the video. */
export function clipsSection(board: Leaderboard, media: MediaByClip): Markup {
  const scored = new Set(board.clips[0]?.outputs[0]?.scores.map(({ metricId }) => metricId));
  const columns = board.columns.filter(({ id }) => scored.has(id));
  return html`<section id="clips" aria-labelledby="clips-title">
<h2 id="clips-title">Clips</h2>
<p class="lead">Listen before you trust a number. Choose a sound to hear it with the pictures; switching keeps the place.</p>
${board.clips.map((clip, index) => clipDetails({ board, clip, columns, media: media[clip.clipId] ?? {}, isOpen: index === 0 }))}
</section>`;
}

interface ClipInput {
  readonly board: Leaderboard;
  readonly clip: ClipEntry;
  readonly columns: readonly Column[];
  readonly media: ClipMedia;
  readonly isOpen: boolean;
}

function clipDetails({ board, clip, columns, media, isOpen }: ClipInput): Markup {
  const missing = clip.outputs.filter(({ outcome }) => outcome.status !== 'ok').length;
  const remark = missing === 0 ? undefined : html` <span class="low">${missing} not made</span>`;
  return html`<details class="clip"${isOpen ? html` open` : undefined}><summary>${clip.clipId} <span class="muted">${clip.outputs.length} outputs</span>${remark}</summary>
<div class="stage${media.video === undefined ? ' silent' : ''}">
${videoPlayer(media, clip.clipId)}
<div class="scroll" tabindex="0" role="region" aria-label="Outputs for ${clip.clipId}"><table>
<caption><span>Outputs for ${clip.clipId}</span></caption>
<thead><tr><th scope="col">Sound</th>${columns.map((column) => html`<th scope="col" class="number">${column.title} <span aria-hidden="true">${arrowOf(column.direction)}</span></th>`)}<th scope="col" class="number">Seconds</th><th scope="col">Remarks</th></tr></thead>
<tbody>${referenceRow(media, columns)}${clip.outputs.map((output) => outputRow(board, output, columns))}</tbody></table></div>
</div></details>`;
}

function videoPlayer({ video }: ClipMedia, clipId: string): Markup | undefined {
  if (video === undefined) return undefined;
  return html`<div class="screen"><video controls muted playsinline preload="none" src="${fileUrl(video)}" data-start="${video.startSeconds}" aria-label="Video of ${clipId}"></video><p class="absent" hidden>The video is not where the report looks for it; the sounds still play.</p></div>`;
}

function referenceRow({ video, reference }: ClipMedia, columns: readonly Column[]): Markup | undefined {
  if (video === undefined && reference === undefined) return undefined;
  const player =
    reference === undefined
      ? html`<span class="own" data-own></span>`
      : audioPlayer(fileUrl(reference), reference.startSeconds);
  const dashes = columns.map(() => html`<td class="number muted">–</td>`);
  return html`<tr class="same-set"><th scope="row">${soundButton('The clip’s own music')}${player}</th>${dashes}<td class="number muted">–</td><td class="muted">reference</td></tr>`;
}

function outputRow(board: Leaderboard, output: ClipOutput, columns: readonly Column[]): Markup {
  const { outcome, seed, systemId } = output;
  const title = board.rows.find((row) => row.systemId === systemId)?.title ?? systemId;
  const label = board.seeds.length > 1 ? `${title}, seed ${seed}` : title;
  if (outcome.status !== 'ok') {
    return html`<tr><th scope="row"><span class="name">${label}</span></th><td class="none" colspan="${columns.length + 2}">${outcome.status}: ${reasonOf(outcome)}</td></tr>`;
  }
  const { value } = outcome;
  return html`<tr><th scope="row">${soundButton(label)}${audioPlayer(relativeUrl(value.path), 0)}</th>${columns.map((column) => scoreCell(board, output, column))}<td class="number">${formatNumber(value.durationSeconds, 1)}</td><td>${remarks(value, outcome.warnings)}</td></tr>`;
}

/** Hidden until the script runs; without it the players have their own controls. */
function soundButton(label: string): Markup {
  return html`<button type="button" class="sound" aria-pressed="false" hidden><span class="icon" aria-hidden="true"></span>${label}</button><span class="name plain">${label}</span>`;
}

function audioPlayer(url: string, startSeconds: number): Markup {
  return html`<audio controls preload="none" src="${url}" data-start="${startSeconds}"></audio>`;
}

function scoreCell(board: Leaderboard, output: ClipOutput, column: Column): Markup {
  const outcome = output.scores.find(({ metricId }) => metricId === column.id)?.outcome;
  if (outcome === undefined) return html`<td class="number muted">–</td>`;
  if (outcome.status !== 'ok') return html`<td class="none">${outcome.status}: ${reasonOf(outcome)}</td>`;
  const flags =
    outcome.warnings === undefined ? undefined : html` <span class="low">${outcome.warnings.join('; ')}</span>`;
  return html`<td class="number">${formatNumber(outcome.value, Math.max(2, decimalsFor(board, column.id)))}${flags}</td>`;
}

function remarks({ flags }: ClipAudio, warnings: readonly string[] = []): Markup[] {
  return [...flags, ...warnings].map((flag) => html`<span class="chip warn">${flag}</span>`);
}

function fileUrl({ path, startSeconds, durationSeconds }: ClipFile): string {
  if (startSeconds === 0 && durationSeconds === undefined) return relativeUrl(path);
  const end = durationSeconds === undefined ? '' : `,${startSeconds + durationSeconds}`;
  return `${relativeUrl(path)}#t=${startSeconds}${end}`;
}
