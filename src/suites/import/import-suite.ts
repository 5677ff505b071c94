import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import Papa from 'papaparse';
import { BenchError } from '../../core/errors.js';
import { sha256Hex } from '../../core/hash.js';
import { writeFileAtomic } from '../../store/atomic-file.js';
import type { ClipIndex, MediaLayout } from '../media-layout.js';
import type { SuiteDefinition } from '../suite-definition.js';
import { type ClipRow, readClipIndex } from './clip-rows.js';
import { type ExamineOptions, examineFiles } from './examine-files.js';
import { judgeClips } from './judge-clips.js';
import { listMediaFiles } from './list-media-files.js';
import { type FileMatch, matchFiles, rowsFromNames } from './match-files.js';
import { createPathIndex, type PathIndex } from './path-index.js';
import { type LockedClip, lockFileName, type SuiteLock } from './suite-lock.js';

export interface ImportRequest {
  readonly definition: SuiteDefinition & { readonly media: MediaLayout };
  /** The user's copy of the authors' files. */
  readonly mediaFolder: string;
  /** Where suite.json, clips.csv and lock.json are written. */
  readonly suiteFolder: string;
  /** A list of clips in place of the one that the layout names: a subset by index. */
  readonly indexFile?: string;
}

/**
 * Maps a local copy of a suite: pairs clips with files, decodes every file once, and writes what a run needs. Nothing of the
 * copy is changed. Throws a BenchError where there is no index or no file at all fits.
 */
export async function importSuite(request: ImportRequest, options: ExamineOptions): Promise<SuiteLock> {
  const { definition } = request;
  const mediaFolder = resolve(request.mediaFolder);
  const paths = await listMediaFiles(mediaFolder);
  const { rows, index } = await clipRows({ ...request, mediaFolder }, paths);
  refuseTwins(rows, mediaFolder);
  const matched = matchFiles(rows, paths, definition.media);
  const wanted = new Set(
    matched.clips.flatMap(({ video, reference }) => [...foundPath(video), ...foundPath(reference)]),
  );
  if (wanted.size === 0) throw nothingFits(mediaFolder, { definition, rows, fileCount: paths.length });
  const files = await examineFiles(mediaFolder, [...wanted].sort(), options);
  const lock: SuiteLock = {
    schemaVersion: 1,
    suite: { id: definition.id, version: definition.version },
    mediaFolder,
    ...(index === undefined ? {} : { index }),
    ...statedCount(request),
    clips: [...judgeClips(matched.clips, files, definition.media)],
    unmatched: [...matched.unmatched],
  };
  await writeSuiteFolder(request.suiteFolder, { definition, lock });
  return lock;
}

/** A subset of one's own has as many clips as it has. */
function statedCount({ definition, indexFile }: ImportRequest): Pick<SuiteLock, 'statedClipCount'> {
  const { clipCount } = definition.media;
  return clipCount === undefined || indexFile !== undefined ? {} : { statedClipCount: clipCount };
}

/** Ids name files, and some file systems do not tell `A` from `a`: refused before hours of decoding. */
function refuseTwins(rows: readonly ClipRow[], file: string): void {
  const seen = new Map<string, string>();
  for (const { id, fields } of rows) {
    const name = fields.id ?? id;
    const twin = seen.get(id.toLowerCase());
    if (twin !== undefined) {
      throw new BenchError({
        code: 'clip-id-unusable',
        kind: 'input',
        file,
        problem: `${twin} and ${name} both give the clip id ${id}`,
        remedy: 'Rename or leave out one of them',
      });
    }
    seen.set(id.toLowerCase(), name);
  }
}

async function clipRows(
  { definition, mediaFolder, indexFile }: ImportRequest,
  paths: readonly string[],
): Promise<{ rows: ClipRow[]; index?: SuiteLock['index'] }> {
  const { index, idExpression } = definition.media;
  if (index !== undefined) {
    const pathIndex = createPathIndex(paths);
    const files = indexFile === undefined ? findIndex(index, { mediaFolder, pathIndex }) : [resolve(indexFile)];
    const texts = await Promise.all(files.map(readIndexFile));
    const left = await excludedIds(index, { mediaFolder, pathIndex });
    const rows = files.flatMap((file, at) => readClipIndex(texts[at]!, index, file));
    return {
      rows: rows.filter(({ fields, id }) => !left.has(fields.line ?? id) && !left.has(id)),
      index: { file: files.join(', '), sha256: sha256Hex(texts.join('\n')) },
    };
  }
  if (idExpression === undefined || indexFile !== undefined) {
    const problem = 'has no index of clips, so --index means nothing to it';
    throw new BenchError({ code: 'suite-has-no-index', kind: 'usage', file: definition.id, problem });
  }
  return { rows: rowsFromNames(paths, idExpression) };
}

interface IndexPlace {
  readonly mediaFolder: string;
  readonly pathIndex: PathIndex;
}

function findIndex({ files, readAll }: ClipIndex, { mediaFolder, pathIndex }: IndexPlace): string[] {
  const found = files.flatMap((name) => pathIndex.matching(name).slice(0, 1));
  const read = readAll === true ? found : found.slice(0, 1);
  if (read.length > 0) return read.map((path) => join(mediaFolder, path));
  throw new BenchError({
    code: 'index-not-found',
    kind: 'input',
    file: mediaFolder,
    problem: 'does not hold the authors’ list of clips',
    expected: files.join(' or '),
    remedy: 'Put the list into the folder, or name it with --index',
  });
}

/** Clips that the authors themselves take out again. */
async function excludedIds(
  { exclude = [] }: ClipIndex,
  { mediaFolder, pathIndex }: IndexPlace,
): Promise<ReadonlySet<string>> {
  const files = exclude.flatMap((name) => pathIndex.matching(name)).map((path) => join(mediaFolder, path));
  const texts = await Promise.all(files.map(readIndexFile));
  return new Set(texts.flatMap((text) => text.split(/\r?\n/).map((line) => line.trim())));
}

async function readIndexFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause) => {
    throw new BenchError({ code: 'index-unreadable', kind: 'usage', file, problem: 'cannot be read', cause });
  });
}

function foundPath(match: FileMatch | undefined): string[] {
  return match?.kind === 'found' ? [match.path] : [];
}

function nothingFits(
  mediaFolder: string,
  about: {
    readonly definition: ImportRequest['definition'];
    readonly rows: readonly ClipRow[];
    readonly fileCount: number;
  },
): BenchError {
  const { definition, rows, fileCount } = about;
  return new BenchError({
    code: 'no-media-of-suite',
    kind: 'input',
    file: mediaFolder,
    problem: `holds no file of a clip of ${definition.id}${rows.length > 0 ? `, which has ${rows.length} clips` : ''}`,
    expected: definition.media.video.join(' or '),
    got: `${fileCount} files of other names`,
    remedy: `\`bench suites show ${definition.id}\` tells the layout`,
  });
}

async function writeSuiteFolder(
  folder: string,
  { definition, lock }: { readonly definition: SuiteDefinition; readonly lock: SuiteLock },
): Promise<void> {
  const write = (name: string, text: string): Promise<void> => writeFileAtomic(join(folder, name), text);
  await write('suite.json', `${JSON.stringify({ ...definition, imported: true }, null, 2)}\n`);
  await write(
    'clips.csv',
    `${Papa.unparse(
      lock.clips.map((clip) => csvRow(clip, lock.mediaFolder)),
      { newline: '\n' },
    )}\n`,
  );
  // Last: a folder without it is no finished import.
  await write(lockFileName, `${JSON.stringify(lock, null, 1)}\n`);
}

function csvRow({ id, startSeconds, durationSeconds, video, reference }: LockedClip, mediaFolder: string): object {
  return {
    id,
    video: video.status === 'ok' ? join(mediaFolder, video.file.path) : '',
    reference: video.status === 'ok' && reference.status === 'ok' ? join(mediaFolder, reference.file.path) : '',
    missing: video.status === 'ok' ? '' : absenceOf(video),
    reference_missing:
      video.status === 'ok' && (reference.status === 'missing' || reference.status === 'unusable')
        ? absenceOf(reference)
        : '',
    start_seconds: startSeconds,
    duration_seconds: durationSeconds ?? '',
    split: 'test',
  };
}

/** Why a video or music cannot be used, with the name of the file where there is one. */
export function absenceOf(part: { readonly reason: string; readonly path?: string }): string {
  return part.path === undefined ? part.reason : `${part.path}: ${part.reason}`;
}
