import type { Progress } from '../run/progress.js';
import { type LoadedSuite, loadSuite } from '../suites/load-suite.js';
import { suiteIdentity } from '../suites/suite-identity.js';

export interface OpenedSuite {
  readonly suite: LoadedSuite;
  readonly suiteHash: string;
}

/** Loads a suite, makes its clips where they are made on first use, and hashes what it consists of. */
export async function openSuite(
  idOrPath: string,
  options: {
    readonly cacheRoot: string;
    readonly progress: Progress;
    readonly signal: AbortSignal;
    readonly jobs: number;
  },
): Promise<OpenedSuite> {
  const { progress, signal, jobs } = options;
  let started = false;
  const suite = await loadSuite(idOrPath, {
    cacheDir: options.cacheRoot,
    signal,
    jobs,
    onProgress: ({ clipId, done, total }) => {
      if (!started) progress.stepStarted('make', total, done - 1);
      started = true;
      progress.itemDone('make', clipId);
    },
  });
  if (started) progress.stepFinished('make');
  return { suite, suiteHash: await suiteIdentity(suite, { signal }) };
}
