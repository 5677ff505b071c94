import { availableParallelism } from 'node:os';
import { builtWorkerFile, createWorkerPool } from '../threads/worker-pool.js';
import type { Model } from './catalogue.js';
import { type InputData, type ModelSession, openModel, type TensorData } from './session.js';

export interface SessionTask {
  readonly feeds: Readonly<Record<string, TensorData<InputData>>>;
  readonly fetch: readonly string[] | undefined;
}

export interface SessionPoolOptions {
  /** Most threads; left out: one a core, at most four, since each holds the weights. */
  readonly size?: number;
}

/**
 * A model that computes several runs at the same time, each in a worker thread with a session of one thread. For small models,
 * whose runs come from many clips at once: it is faster than more threads inside one run, leaves the caller's thread free, and gives
 * the same bits as a session does. From TypeScript sources, where no thread can start, it is a session in the caller's thread.
 */
export async function openSessionPool(model: Model, options: SessionPoolOptions = {}): Promise<ModelSession> {
  const file = builtWorkerFile('./session-worker.js', import.meta.url);
  if (file === undefined) return openModel(model);
  const { card, path } = model;
  const pool = createWorkerPool<SessionTask, Record<string, TensorData>>({
    file,
    size: options.size ?? Math.min(4, availableParallelism()),
    data: { path, options: { threads: 1, expectedSha256: card.sha256 } },
  });
  return {
    inputNames: card.inputs.map(({ name }) => name),
    outputNames: card.outputs.map(({ name }) => name),
    run: async (feeds, fetch) => pool.run({ feeds, fetch }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
