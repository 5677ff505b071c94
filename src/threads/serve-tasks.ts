import { parentPort, type Transferable } from 'node:worker_threads';
import { toPortable } from './portable-error.js';
import type { Answer, Order } from './worker-pool.js';

/** What a handler gives back: the result, and the buffers in it that need not be copied. */
export interface Served<Result> {
  readonly result: Result;
  readonly transfer?: readonly Transferable[];
}

/** The thread's side of a worker pool: call it once in the worker file. It handles one task at a time. */
export function serveTasks<Task, Result>(handle: (task: Task, signal: AbortSignal) => Promise<Served<Result>>): void {
  const port = parentPort;
  if (port === null) throw new Error('serveTasks is for worker threads');
  let current = new AbortController();
  port.on('message', (order: Order<Task>) => {
    if (order.kind === 'stop') return current.abort();
    current = new AbortController();
    handle(order.task, current.signal).then(
      ({ result, transfer = [] }) => port.postMessage({ status: 'done', result } satisfies Answer<Result>, transfer),
      (error: unknown) => port.postMessage({ status: 'failed', error: toPortable(error) } satisfies Answer<Result>),
    );
  });
}
