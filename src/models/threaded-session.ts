import { builtWorkerFile, createWorkerPool } from '../threads/worker-pool.js';
import { type InputData, type ModelSession, openSessionFile, type SessionOptions, type TensorData } from './session.js';

export interface ThreadedSource {
  readonly path: string;
  readonly options: Pick<SessionOptions, 'threads' | 'provider'>;
}

/** `describe` asks what the network takes and gives. */
export type ThreadedTask =
  | { readonly kind: 'describe' }
  | {
      readonly kind: 'run';
      readonly feeds: Readonly<Record<string, TensorData<InputData>>>;
      readonly fetch: readonly string[] | undefined;
    };

export type ThreadedAnswer = NetworkPorts | Readonly<Record<string, TensorData>>;

export interface NetworkPorts {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

/**
 * A network in a thread of its own: long runs, such as a whole window of music, leave the caller's thread to other work. From TypeScript sources,
 * where no thread can start, it is a session in the caller's thread. Throws as `openSessionFile`.
 */
export async function openThreadedSession(path: string, options: ThreadedSource['options']): Promise<ModelSession> {
  const file = builtWorkerFile('./threaded-session-worker.js', import.meta.url);
  if (file === undefined) return openSessionFile(path, options);
  const source: ThreadedSource = { path, options };
  const pool = createWorkerPool<ThreadedTask, ThreadedAnswer>({ file, size: 1, data: source });
  try {
    const ports = (await pool.run({ kind: 'describe' })) as NetworkPorts;
    return {
      ...ports,
      run: async (feeds, fetch) => (await pool.run({ kind: 'run', feeds, fetch })) as Record<string, TensorData>,
      [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
    };
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw error;
  }
}
