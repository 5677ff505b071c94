import { clipIdFrom } from '../clip-id.js';
import type { MediaLayout } from '../media-layout.js';
import type { ClipRow } from './clip-rows.js';
import { createPathIndex, type PathIndex } from './path-index.js';
import { fillTemplate } from './path-pattern.js';

/** What a clip's patterns found. */
export type FileMatch =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly paths: readonly string[] };

export interface ClipMatch {
  readonly row: ClipRow;
  readonly video: FileMatch;
  /** Left out: the layout has no files of music. */
  readonly reference?: FileMatch;
}

export interface MatchedFiles {
  readonly clips: readonly ClipMatch[];
  /** Files of a medium's extension that belong to no clip. */
  readonly unmatched: readonly string[];
}

const mediaExtension =
  /\.(mp4|m4v|mov|mkv|webm|avi|mpg|mpeg|ts|wav|mp3|flac|ogg|oga|opus|m4a|aac|aif|aiff|wma|mid|midi)$/i;

/** Pairs the clips of a suite with the files of a folder, given as paths with `/` relative to it. Reads nothing. */
export function matchFiles(rows: readonly ClipRow[], paths: readonly string[], layout: MediaLayout): MatchedFiles {
  const index = createPathIndex(paths);
  const ids = new Set(rows.map(({ fields, id }) => fields.id ?? id));
  const find = (row: ClipRow, patterns: readonly string[]): FileMatch =>
    firstMatch(row, patterns, { index, ids, longestId: Math.max(0, ...[...ids].map((id) => id.length)) });
  const clips = rows.map(
    (row): ClipMatch => ({
      row,
      video: find(row, layout.video),
      ...(layout.reference === undefined ? {} : { reference: find(row, layout.reference) }),
    }),
  );
  const used = new Set(clips.flatMap(({ video, reference }) => [...pathsOf(video), ...pathsOf(reference)]));
  return { clips, unmatched: paths.filter((path) => isMediaName(path) && !used.has(path)) };
}

/** Whether a file is pictures or sound by its name. */
export function isMediaName(path: string): boolean {
  return mediaExtension.test(path);
}

/** Clips named by their videos, for authors who give no index. `expression` has a group `id`. */
export function rowsFromNames(paths: readonly string[], expression: string): ClipRow[] {
  const pattern = new RegExp(expression);
  const rows = new Map<string, ClipRow>();
  for (const path of paths) {
    const groups = pattern.exec(path)?.groups;
    const name = groups?.id;
    if (groups === undefined || name === undefined || rows.has(name)) continue;
    const fields = Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined));
    rows.set(name, { id: clipIdFrom(name), fields });
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface Search {
  readonly index: PathIndex;
  readonly ids: ReadonlySet<string>;
  readonly longestId: number;
}

function firstMatch(row: ClipRow, patterns: readonly string[], search: Search): FileMatch {
  for (const pattern of patterns) {
    const filled = fillTemplate(pattern, row.fields);
    if (filled === undefined) continue;
    const found = search.index.matching(filled).filter((path) => !isOfLongerId(path, row, pattern, search));
    // `clip.mp4` is meant where `clip*.mp4` finds `clip.f137.mp4` too.
    const exact = search.index.matching(filled.replaceAll(/\*+/g, '')).filter((path) => found.includes(path));
    const chosen = exact.length === 1 ? exact : found;
    if (chosen.length === 1) return { kind: 'found', path: chosen[0]! };
    if (chosen.length > 1) return { kind: 'several', paths: chosen };
  }
  return { kind: 'none' };
}

/** `ab*.mp4` finds `abc.mp4`, which is the clip `abc`'s where there is one. */
function isOfLongerId(path: string, { fields, id }: ClipRow, pattern: string, { ids, longestId }: Search): boolean {
  if (!pattern.includes('{id}*')) return false;
  const own = fields.id ?? id;
  const at = path.lastIndexOf(own);
  for (let length = own.length + 1; length <= Math.min(longestId, path.length - at); length++)
    if (ids.has(path.slice(at, at + length))) return true;
  return false;
}

function pathsOf(match: FileMatch | undefined): readonly string[] {
  if (match === undefined || match.kind === 'none') return [];
  return match.kind === 'found' ? [match.path] : match.paths;
}
