import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { BenchError, type BenchErrorFields } from '../core/errors.js';
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

interface Crew {
  readonly makers: readonly MakeOne[];
  dismiss(): Promise<void>;
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
  const crew = assembleCrew(options, Math.min(options.jobs ?? 2, queue.length));
  const work = async (make: MakeOne): Promise<void> => {
    for (let clip = queue.shift(); clip !== undefined && !stopped; clip = queue.shift()) {
      refuseWhenAborted(options.signal);
      await make(clip);
      done += 1;
      options.onProgress?.({ clipId: clip.script.id, done, total: clips.length });
    }
  };
  try {
    const settled = await Promise.allSettled(
      crew.makers.map((make) =>
        work(make).catch((error: unknown) => {
          stopped = true;
          throw error;
        }),
      ),
    );
    const broken = settled.find((result) => result.status === 'rejected');
    if (broken !== undefined) throw broken.reason;
  } finally {
    await crew.dismiss();
  }
}

/** Rendering is pure computation, so threads double its pace; from TypeScript sources there is no worker file to start. */
function assembleCrew(options: MakeSuiteOptions, size: number): Crew {
  const workerFile = fileURLToPath(new URL('./make-clip-worker.js', import.meta.url));
  if (options.threads !== true || size < 2 || !existsSync(workerFile)) {
    const { folder, signal } = options;
    const make: MakeOne = ({ script }) => makeClip(folder, script, signal === undefined ? {} : { signal });
    return { makers: Array.from({ length: size }, () => make), dismiss: async () => undefined };
  }
  const workers = Array.from({ length: size }, () => new Worker(workerFile));
  return {
    makers: workers.map((worker) => (clip) => makeInWorker(worker, clip, options)),
    dismiss: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** What goes to a worker and what comes back; errors lose their class on the way, hence the fields. */
export interface WorkerTask {
  readonly folder: string;
  readonly cells: Readonly<Record<string, string>>;
  readonly place: ScriptPlace;
}
export type WorkerMessage =
  | { readonly status: 'made' }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly fields?: BenchErrorFields; readonly message: string };

function makeInWorker(
  worker: Worker,
  { cells, place }: ClipToMake,
  { folder, signal }: MakeSuiteOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => worker.postMessage('stop');
    // One by one: `removeAllListeners` would also take those with which the Worker class itself listens to its thread.
    const settle = (finish: () => void): void => {
      signal?.removeEventListener('abort', stop);
      worker.off('error', onError).off('exit', onExit).off('message', onMessage);
      finish();
    };
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`a rendering thread ended with code ${code}`)));
    const onMessage = (message: WorkerMessage): void => settle(() => receive(message, { resolve, reject }));
    worker.on('error', onError).on('exit', onExit).on('message', onMessage);
    signal?.addEventListener('abort', stop, { once: true });
    worker.postMessage({ folder, cells, place } satisfies WorkerTask);
  });
}

function receive(
  message: WorkerMessage,
  { resolve, reject }: { readonly resolve: () => void; readonly reject: (error: unknown) => void },
): void {
  if (message.status === 'made') resolve();
  else if (message.status === 'stopped') reject(interrupted());
  else reject(message.fields === undefined ? new Error(message.message) : new BenchError(message.fields));
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
