import { BenchError } from '../core/errors.js';
import { builtWorkerFile, createWorkerPool } from '../threads/worker-pool.js';
import type { ClipScript, ScriptPlace } from './clip-maker.js';
import { isClipMade, makeClip } from './make-clip.js';

export interface ClipToMake {
  readonly script: ClipScript;
  /** What a worker thread needs to read the script itself. */
  readonly cells: Readonly<Record<string, string>>;
  readonly place: ScriptPlace;
}

export interface MakeSuiteOptions {
  readonly folder: string;
  /** Clips made at the same time. Default 2. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MakeProgress) => void;
  /** Renders in worker threads; only for the maker that `make-clip-worker` knows. */
  readonly threads?: boolean;
}

export interface MakeProgress {
  readonly clipId: string;
  readonly done: number;
  readonly total: number;
}

type MakeOne = (clip: ClipToMake) => Promise<void>;

/** What a rendering thread is told. */
export interface MakeTask {
  readonly folder: string;
  readonly cells: Readonly<Record<string, string>>;
  readonly place: ScriptPlace;
}

/**
 * Makes the clips that the folder does not hold yet. Safe to kill and to run twice at a time: each file appears whole, and a
 * clip counts as made only when its receipt is there. The first error stops the rest and is thrown.
 */
export async function makeSuite(clips: readonly ClipToMake[], options: MakeSuiteOptions): Promise<void> {
  const made = await Promise.all(clips.map((clip) => isClipMade(options.folder, clip.script)));
  const queue = clips.filter((_, index) => !made[index]);
  if (queue.length === 0) return;
  let done = clips.length - queue.length;
  let stopped = false;
  const jobs = Math.min(options.jobs ?? 2, queue.length);
  await using crew = assembleCrew(options, jobs);
  const work = async (): Promise<void> => {
    for (let clip = queue.shift(); clip !== undefined && !stopped; clip = queue.shift()) {
      refuseWhenAborted(options.signal);
      await crew.make(clip);
      done += 1;
      options.onProgress?.({ clipId: clip.script.id, done, total: clips.length });
    }
  };
  const settled = await Promise.allSettled(
    Array.from({ length: jobs }, () =>
      work().catch((error: unknown) => {
        stopped = true;
        throw error;
      }),
    ),
  );
  const broken = settled.find((result) => result.status === 'rejected');
  if (broken !== undefined) throw options.signal?.aborted === true ? interrupted() : broken.reason;
}

interface Crew extends AsyncDisposable {
  readonly make: MakeOne;
}

/** Rendering is pure computation, so threads double its pace. */
function assembleCrew({ folder, signal, threads = false }: MakeSuiteOptions, size: number): Crew {
  const signalOption = signal === undefined ? {} : { signal };
  const file = threads && size > 1 ? builtWorkerFile('./make-clip-worker.js', import.meta.url) : undefined;
  if (file === undefined) {
    return {
      make: ({ script }) => makeClip(folder, script, signalOption),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const pool = createWorkerPool<MakeTask, undefined>({ file, size });
  return {
    make: async ({ cells, place }) => pool.run({ folder, cells, place }, signalOption),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function refuseWhenAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted();
}

function interrupted(): BenchError {
  return new BenchError({
    code: 'interrupted',
    kind: 'interrupted',
    problem: 'making the clips was stopped on request',
  });
}
