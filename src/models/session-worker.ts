import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve-tasks.js';
import { type ModelSession, openSessionBytes, type TensorData } from './session.js';
import type { SessionSource, SessionTask } from './session-pool.js';

/** The thread behind a session pool: opens the model at its first task and computes one run at a time. */
let opening: Promise<ModelSession> | undefined;

serveTasks<SessionTask, Record<string, TensorData>>(async ({ feeds, fetch }) => {
  opening ??= openSessionBytes(workerData as SessionSource, { threads: 1 }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  const result = await (await opening).run(feeds, fetch);
  return { result, transfer: Object.values(result).map(({ data }) => data.buffer as ArrayBuffer) };
});
