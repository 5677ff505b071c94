import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve-tasks.js';
import { type ModelSession, openSession, type SessionOptions, type TensorData } from './session.js';
import type { SessionTask } from './session-pool.js';

/** The thread behind a session pool: opens the model at its first task and computes one run at a time. */
const { path, options } = workerData as { readonly path: string; readonly options: SessionOptions };
let opening: Promise<ModelSession> | undefined;

serveTasks<SessionTask, Record<string, TensorData>>(async ({ feeds, fetch }) => {
  opening ??= openSession(path, options).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  const result = await (await opening).run(feeds, fetch);
  return { result, transfer: Object.values(result).map(({ data }) => data.buffer as ArrayBuffer) };
});
