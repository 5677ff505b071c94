import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { builtWorkerFile, createWorkerPool, type WorkerPool } from '../../src/threads/worker-pool.js';

interface Task {
  readonly kind: 'echo' | 'bench-error' | 'error' | 'exit' | 'until-stopped' | 'sleep';
  readonly value?: number;
  readonly ms?: number;
}
interface Reply {
  readonly data: Float32Array;
  readonly stopped: boolean;
  readonly startedAt: number;
}

const file = fileURLToPath(new URL('./echo-worker.mjs', import.meta.url));
const pools: WorkerPool<Task, Reply>[] = [];
afterAll(() => Promise.all(pools.map((pool) => pool[Symbol.asyncDispose]())));

function newPool(size: number): WorkerPool<Task, Reply> {
  const pool = createWorkerPool<Task, Reply>({ file, size });
  pools.push(pool);
  return pool;
}

describe('createWorkerPool', () => {
  it('gives every task its own result, more tasks than threads', async () => {
    const pool = newPool(2);
    const values = Array.from({ length: 9 }, (_, index) => index);
    const replies = await Promise.all(values.map((value) => pool.run({ kind: 'echo', value })));
    expect(replies.map(({ data }) => data[3])).toEqual(values);
  });

  it('works on as many tasks at the same time as it has threads', async () => {
    const pool = newPool(2);
    await Promise.all([pool.run({ kind: 'echo' }), pool.run({ kind: 'echo' })]);
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => pool.run({ kind: 'sleep', ms: 200 })));
    expect(Math.abs(first!.startedAt - second!.startedAt)).toBeLessThan(150);
    expect(third!.startedAt - first!.startedAt).toBeGreaterThanOrEqual(150);
  });

  it('brings errors back: a BenchError as one, others by their message', async () => {
    const pool = newPool(1);
    await expect(pool.run({ kind: 'bench-error' })).rejects.toMatchObject({
      name: 'BenchError',
      code: 'made-up',
      message: 'a: as asked',
    });
    await expect(pool.run({ kind: 'error' })).rejects.toThrow('as asked');
    expect((await pool.run({ kind: 'echo', value: 5 })).data[0]).toBe(5);
  });

  it('rejects the task of a thread that dies, and starts another for the next', async () => {
    const pool = newPool(1);
    const dying = pool.run({ kind: 'exit' });
    const next = pool.run({ kind: 'echo', value: 3 });
    await expect(dying).rejects.toThrow('ended with code 7');
    expect((await next).data[0]).toBe(3);
  });

  it('tells the handler of an abort, before and while it works', async () => {
    const pool = newPool(1);
    const abort = new AbortController();
    const running = pool.run({ kind: 'until-stopped' }, { signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    expect((await running).stopped).toBe(true);
    expect((await pool.run({ kind: 'until-stopped' }, { signal: abort.signal })).stopped).toBe(true);
    expect((await pool.run({ kind: 'echo' })).stopped).toBe(false);
  });
});

describe('builtWorkerFile', () => {
  it('finds a file beside the module, and nothing where only the source is', () => {
    expect(builtWorkerFile('./echo-worker.mjs', import.meta.url)).toBe(file);
    expect(builtWorkerFile('./worker-pool.test.js', import.meta.url)).toBeUndefined();
  });
});
