import { workerData } from 'node:worker_threads';
import { serveTasks } from '../threads/serve-tasks.js';
import { type ModelSession, openSessionFile } from './session.js';
import type { ThreadedAnswer, ThreadedSource, ThreadedTask } from './threaded-session.js';

/** The thread behind a threaded session. */
const { path, options } = workerData as ThreadedSource;
let opening: Promise<ModelSession> | undefined;

serveTasks<ThreadedTask, ThreadedAnswer>(async (task) => {
  opening ??= openSessionFile(path, options).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  const session = await opening;
  if (task.kind === 'describe') return { result: { inputNames: session.inputNames, outputNames: session.outputNames } };
  const result = await session.run(task.feeds, task.fetch);
  return { result, transfer: Object.values(result).map(({ data }) => data.buffer as ArrayBuffer) };
});
