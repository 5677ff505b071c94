import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fromPortable, type PortableError } from './portable-error.js';

/** Threads that all run one file, which calls `serveTasks`. A task waits until a thread is free; the oldest goes first. */
export interface WorkerPool<Task, Result> extends AsyncDisposable {
  /** Rejects with what the handler threw (a BenchError stays one), or when the thread dies; an abort is told to the handler. */
  run(task: Task, options?: { readonly signal?: AbortSignal }): Promise<Result>;
}

export interface WorkerPoolOptions {
  /** A built JavaScript file. */
  readonly file: string;
  /** Most threads at a time; they start when there is work for them and keep no process alive while idle. */
  readonly size: number;
  /** `workerData` of every thread. */
  readonly data?: unknown;
}

export type Order<Task> = { readonly kind: 'task'; readonly task: Task } | { readonly kind: 'stop' };

export type Answer<Result> =
  | { readonly status: 'done'; readonly result: Result }
  | { readonly status: 'failed'; readonly error: PortableError };

interface Job<Task, Result> {
  readonly task: Task;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The built file `name` beside the module with this `import.meta.url`, or undefined when the module runs from its TypeScript
 * source: then there is nothing that a thread could start, and the caller does the work itself.
 */
export function builtWorkerFile(name: string, moduleUrl: string): string | undefined {
  const path = fileURLToPath(new URL(name, moduleUrl));
  return existsSync(path) ? path : undefined;
}

export function createWorkerPool<Task, Result>(options: WorkerPoolOptions): WorkerPool<Task, Result> {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const queue: Job<Task, Result>[] = [];

  const next = (): void => {
    while (queue.length > 0) {
      const worker = idle.pop() ?? (all.size < options.size ? start(options) : undefined);
      if (worker === undefined) return;
      all.add(worker);
      const job = queue.shift()!;
      perform(worker, job).then((isAlive) => {
        if (isAlive) idle.push(worker);
        else all.delete(worker);
        next();
      });
    }
  };
  return {
    run: (task, { signal } = {}) =>
      new Promise<Result>((resolve, reject) => {
        queue.push({ task, signal, resolve, reject });
        next();
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function start({ file, data }: WorkerPoolOptions): Worker {
  // A thread takes the process's options over; this one is for programs given on the command line and refuses files.
  const execArgv = process.execArgv.filter((argument) => !argument.startsWith('--input-type'));
  const worker = new Worker(file, { workerData: data, execArgv });
  // The pool hears of a thread's death through the job that it is at; an idle one that dies is found out by the next job.
  worker.on('error', () => undefined);
  return worker;
}

/** Settles the job; tells whether the thread can take another. */
function perform<Task, Result>(worker: Worker, job: Job<Task, Result>): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = (): void => worker.postMessage({ kind: 'stop' } satisfies Order<Task>);
    // One by one: `removeAllListeners` would also take those with which the Worker class itself listens to its thread.
    const leave = (isAlive: boolean): void => {
      job.signal?.removeEventListener('abort', stop);
      worker.off('error', onError).off('exit', onExit).off('message', onMessage);
      worker.unref();
      resolve(isAlive);
    };
    const onError = (error: unknown): void => {
      job.reject(error);
      leave(false);
    };
    const onExit = (code: number): void => {
      job.reject(new Error(`a worker thread ended with code ${code}`));
      leave(false);
    };
    const onMessage = (answer: Answer<Result>): void => {
      if (answer.status === 'done') job.resolve(answer.result);
      else job.reject(fromPortable(answer.error));
      leave(true);
    };
    worker.ref();
    worker.on('error', onError).on('exit', onExit).on('message', onMessage);
    job.signal?.addEventListener('abort', stop, { once: true });
    worker.postMessage({ kind: 'task', task: job.task } satisfies Order<Task>);
    if (job.signal?.aborted === true) stop();
  });
}
