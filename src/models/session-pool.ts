import { availableParallelism } from 'node:os';
import { builtWorkerFile, createWorkerPool } from '../threads/worker-pool.js';
import type { Model } from './catalogue.js';
import { type InputData, type ModelSession, openSessionBytes, readModel, type TensorData } from './session.js';

export interface SessionTask {
  readonly feeds: Readonly<Record<string, TensorData<InputData>>>;
  readonly fetch: readonly string[] | undefined;
}

/** `workerData` of the threads. */
export interface SessionSource {
  readonly bytes: Uint8Array;
  readonly path: string;
}

/** A network made from the weights of a shipped file. */
export interface RebuiltModel {
  readonly bytes: Uint8Array;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

export interface SessionPoolOptions {
  /** Most threads; left out: one a core, at most four, since each holds the weights. */
  readonly size?: number;
  /** Makes the network that is run from the bytes of the file, whose hash has been checked; left out: the file as it is. */
  readonly rebuild?: (model: Uint8Array) => RebuiltModel;
}

/**
 * A model that computes several runs at the same time, each in a worker thread with a session of one thread. For small models,
 * whose runs come from many clips at once: it is faster than more threads inside one run, leaves the caller's thread free, and gives
 * the same bits as a session does. From TypeScript sources, where no thread can start, it is a session in the caller's thread.
 * Throws a BenchError for missing or changed weights.
 */
export async function openSessionPool(model: Model, options: SessionPoolOptions = {}): Promise<ModelSession> {
  const { bytes, inputNames, outputNames } = rebuilt(await readModel(model), model, options);
  const source: SessionSource = { bytes, path: model.path };
  const file = builtWorkerFile('./session-worker.js', import.meta.url);
  if (file === undefined) return openSessionBytes(source);
  const size = options.size ?? Math.min(4, availableParallelism());
  const pool = createWorkerPool<SessionTask, Record<string, TensorData>>({ file, size, data: source });
  return {
    inputNames,
    outputNames,
    run: async (feeds, fetch) => pool.run({ feeds, fetch }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function rebuilt(bytes: Uint8Array, { card }: Model, { rebuild }: SessionPoolOptions): RebuiltModel {
  if (rebuild !== undefined) return rebuild(bytes);
  const [inputNames, outputNames] = [card.inputs, card.outputs].map((ports) => ports.map(({ name }) => name));
  return { bytes, inputNames: inputNames!, outputNames: outputNames! };
}
