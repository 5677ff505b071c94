import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError, errorOf } from '../../core/errors.js';
import { mapConcurrently } from '../../core/map-concurrently.js';
import { failed, type Outcome, ok } from '../../core/outcome.js';
import { hashFile } from '../../media/hash-file.js';
import type { DecodedContentCache, ExaminedMedia } from '../../store/decoded-content-cache.js';
import type { ExaminedFile } from './judge-clips.js';

export interface ExamineOptions {
  readonly cache: DecodedContentCache;
  readonly jobs: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly path: string; readonly done: number; readonly total: number }) => void;
}

/** Hashes and decodes files of a folder. A file that is no media is an outcome; only an abort ends the whole. */
export async function examineFiles(
  folder: string,
  paths: readonly string[],
  options: ExamineOptions,
): Promise<Map<string, ExaminedFile>> {
  const files = new Map<string, ExaminedFile>();
  await mapConcurrently(paths, options, async (path) => {
    files.set(path, await examineFile(folder, path, options));
    options.onProgress?.({ path, done: files.size, total: paths.length });
  });
  return files;
}

export async function examineFile(
  folder: string,
  path: string,
  { cache, signal }: Pick<ExamineOptions, 'cache' | 'signal'>,
): Promise<ExaminedFile> {
  const absolute = join(folder, path);
  const { size, mtimeMs } = await stat(absolute);
  const sha256 = await hashFile(absolute, signal === undefined ? {} : { signal });
  return { path, bytes: size, modifiedMs: mtimeMs, sha256, media: await examined(absolute, { sha256, cache, signal }) };
}

async function examined(
  file: string,
  {
    sha256,
    cache,
    signal,
  }: { readonly sha256: string; readonly cache: DecodedContentCache; readonly signal?: AbortSignal | undefined },
): Promise<Outcome<ExaminedMedia>> {
  try {
    return ok(await cache.examine(file, sha256, signal));
  } catch (error) {
    if (signal?.aborted === true || (error instanceof BenchError && error.kind === 'interrupted')) throw error;
    const { code, message } = errorOf(error);
    return failed(code, message.replaceAll(`${file}: `, '').replace(/\. [A-Z][^.]*$/, ''));
  }
}
