import { join } from 'node:path';
import type { Progress } from '../run/progress.js';
import { type DecodedContentCache, fileDecodedContentCache } from '../store/decoded-content-cache.js';
import { fileMediaInfoCache, type MediaInfoCache } from '../store/media-info-cache.js';
import { type LoadedSuite, loadSuite } from '../suites/load-suite.js';
import { suiteIdentity } from '../suites/suite-identity.js';
import { createStepDisplay } from './step-display.js';

export interface OpenedSuite {
  readonly suite: LoadedSuite;
  readonly suiteHash: string;
}

export interface OpenSuiteOptions {
  readonly cacheRoot: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly jobs: number;
  /** In place of the suite's own protocol, by the name that reports have; part of its identity. */
  readonly protocol?: string | undefined;
  /** In place of the suite's own window; part of its identity. */
  readonly window?: number | 'full' | undefined;
}

/** Loads a suite, makes its clips where they are made on first use, and hashes what it consists of. */
export async function openSuite(idOrPath: string, options: OpenSuiteOptions): Promise<OpenedSuite> {
  const { progress, signal, jobs, cacheRoot } = options;
  const display = createStepDisplay(progress, 'make');
  const loaded = await loadSuite(idOrPath, {
    cacheDir: cacheRoot,
    signal,
    jobs,
    onProgress: ({ clipId, ...at }) => display.itemDone(clipId, at),
  });
  display.finished();
  const suite = {
    ...loaded,
    protocol: options.protocol ?? loaded.protocol,
    window: options.window ?? loaded.window ?? defaultWindowSeconds,
    notes: notesOf(loaded, options),
  };
  return { suite, suiteHash: await suiteIdentity(suite, { signal, cache: decodedContentOf(cacheRoot) }) };
}

function notesOf({ window: own, notes = [] }: LoadedSuite, { window }: OpenSuiteOptions): readonly string[] {
  if (own === undefined || window === undefined || own === window) return notes;
  const text = (value: number | 'full'): string => (value === 'full' ? 'the full length' : `${value} s`);
  return [`${text(window)} of each clip is used, not ${text(own)} as the suite says: a suite of its own`, ...notes];
}

/** For suites that say nothing of their own, such as a folder of videos. */
const defaultWindowSeconds = 30;

/** What files hold, kept between commands. */
export function decodedContentOf(cacheRoot: string): DecodedContentCache {
  return fileDecodedContentCache(join(cacheRoot, 'decoded-content'), mediaInfoOf(cacheRoot));
}

/** What ffprobe says of files, kept between commands. */
export function mediaInfoOf(cacheRoot: string): MediaInfoCache {
  return fileMediaInfoCache(join(cacheRoot, 'media-info'));
}
