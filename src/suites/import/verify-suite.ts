import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../../core/map-concurrently.js';
import { hashFile } from '../../media/hash-file.js';
import { type ExamineOptions, examineFile } from './examine-files.js';
import { filesOf } from './load-imported.js';
import type { LockedFile, SuiteLock } from './suite-lock.js';

export type FileState = 'same' | 'changed' | 'gone';

export interface VerifiedFile {
  readonly clipId: string;
  readonly path: string;
  readonly state: FileState;
}

export interface VerifyOptions extends ExamineOptions {
  /** Also decode every file again and compare what comes out, without the cache's help. */
  readonly deep: boolean;
}

/** Holds every file of an imported suite against the lock: by its bytes, or with `deep` by what it decodes to. */
export async function verifySuite(lock: SuiteLock, options: VerifyOptions): Promise<VerifiedFile[]> {
  const files = lock.clips.flatMap((clip) => filesOf(clip).map((file) => ({ clipId: clip.id, file })));
  const verified: VerifiedFile[] = [];
  await mapConcurrently(files, options, async ({ clipId, file }) => {
    const state = await stateOf(lock.mediaFolder, file, options);
    verified.push({ clipId, path: file.path, state });
    options.onProgress?.({ path: file.path, done: verified.length, total: files.length });
  });
  return verified.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function stateOf(folder: string, file: LockedFile, options: VerifyOptions): Promise<FileState> {
  const path = join(folder, file.path);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 'gone';
  if (!options.deep) {
    const { signal } = options;
    return (await hashFile(path, signal === undefined ? {} : { signal })) === file.sha256 ? 'same' : 'changed';
  }
  const { media } = await examineFile(folder, file.path, options);
  if (media.status !== 'ok') return 'changed';
  const { pictures, sound } = media.value.content;
  return pictures?.sha256 === file.pictures && sound?.sha256 === file.sound ? 'same' : 'changed';
}
