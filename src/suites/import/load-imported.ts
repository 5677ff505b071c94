import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clip } from '../../core/clip.js';
import { BenchError } from '../../core/errors.js';
import { readClips } from '../clips-table.js';
import type { LoadedSuite } from '../load-suite.js';
import type { SuiteDefinition } from '../suite-definition.js';
import { clipContentHash } from '../suite-identity.js';
import type { LockedClip, LockedFile, SuiteLock } from './suite-lock.js';
import { suiteNotes } from './suite-notes.js';

/**
 * The clips of an imported suite. Content is known from the lock for clips whose files have the size and time that they had;
 * and whose rows in clips.csv nobody changed; others are decoded again when the suite's identity is asked for.
 */
export async function loadImported(
  definition: SuiteDefinition,
  { lock, clipsFile }: { readonly lock: SuiteLock; readonly clipsFile: string },
): Promise<LoadedSuite> {
  const { media: _, maker: __, ...suite } = definition;
  const gone: string[] = [];
  const unchanged: LockedClip[] = [];
  for (const clip of lock.clips) {
    const states = await Promise.all(filesOf(clip).map((file) => stateOf(join(lock.mediaFolder, file.path), file)));
    gone.push(...filesOf(clip).flatMap(({ path }, index) => (states[index] === 'gone' ? [path] : [])));
    if (states.every((state) => state === 'same')) unchanged.push(clip);
  }
  // Before the table, which would name the first only.
  if (gone.length > 0) throw filesGone(lock, gone);
  const clips = await readClips(clipsFile);
  const listed = new Map(clips.map((clip) => [clip.id, clip]));
  const locked = unchanged.filter((clip) => isAsLocked(listed.get(clip.id), { clip, mediaFolder: lock.mediaFolder }));
  const contentHashes = Object.fromEntries(locked.map((clip) => [clip.id, lockedContentHash(clip)]));
  return { ...suite, notes: suiteNotes(lock), clips, contentHashes };
}

export function filesOf({ video, reference }: LockedClip): LockedFile[] {
  return [video, reference].flatMap((part) => (part.status === 'ok' ? [part.file] : []));
}

/** As `suite-identity` has it for a clip of a folder with the same content. */
export function lockedContentHash({ video, reference }: LockedClip): string {
  if (video.status !== 'ok') return clipContentHash({ pictures: undefined, sound: undefined });
  const sound =
    reference.status === 'ok' ? reference.file.sound : reference.status === 'in-video' ? video.file.sound : undefined;
  return clipContentHash({ pictures: video.file.pictures, sound });
}

/** Whether a row of clips.csv still names what the lock does: a row that was changed by hand is another clip. */
function isAsLocked(
  row: Clip | undefined,
  { clip, mediaFolder }: { readonly clip: LockedClip; readonly mediaFolder: string },
): boolean {
  const { video, reference } = clip;
  const pathOf = (part: LockedClip['video'] | LockedClip['reference']): string | undefined =>
    part.status === 'ok' ? join(mediaFolder, part.file.path) : undefined;
  const hasMusic = video.status !== 'ok' || reference.status === 'ok' || reference.status === 'in-video';
  return (
    row?.videoPath === pathOf(video) &&
    row?.referencePath === (video.status === 'ok' ? pathOf(reference) : undefined) &&
    (row?.referenceMissing === undefined) === hasMusic
  );
}

async function stateOf(path: string, { bytes, modifiedMs }: LockedFile): Promise<'same' | 'changed' | 'gone'> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'gone';
  return found.size === bytes && found.mtimeMs === modifiedMs ? 'same' : 'changed';
}

function filesGone({ suite, mediaFolder }: SuiteLock, paths: readonly string[]): BenchError {
  return new BenchError({
    code: 'suite-media-gone',
    kind: 'input',
    file: mediaFolder,
    problem: `${paths.length} files of the imported copy are gone: ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ' …' : ''}`,
    remedy: `Put them back, or import what is there: \`bench suites import ${mediaFolder} --suite ${suite.id}\``,
  });
}
