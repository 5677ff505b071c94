import { describe, expect, it } from 'vitest';
import { type BatchedSessionOptions, createBatchedSession } from '../../src/models/batched-session.js';
import type { ModelSession, TensorData } from '../../src/models/session.js';

/** A session that doubles rows, keeps how many it was given at a time, and may refuse. */
function doubling(refuses: (rows: readonly number[]) => string | undefined = () => undefined): {
  readonly session: ModelSession;
  readonly runs: number[];
} {
  const runs: number[] = [];
  const session: ModelSession = {
    inputNames: ['x'],
    outputNames: ['y'],
    async run(feeds) {
      const { data, dims } = (feeds as { x: TensorData }).x;
      runs.push(dims[0]!);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const refusal = refuses([...data]);
      if (refusal !== undefined) throw new Error(refusal);
      return { y: { data: data.map((value) => 2 * value), dims } } as never;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { session, runs };
}

function rows(values: readonly number[], width = 1): { readonly x: TensorData } {
  return { x: { data: Float32Array.from(values), dims: [values.length / width, width] } };
}

async function doubled(
  { session }: { readonly session: ModelSession },
  callers: readonly (readonly number[])[],
  options: Partial<BatchedSessionOptions> = {},
): Promise<PromiseSettledResult<number[]>[]> {
  const batched = createBatchedSession(session, { mostRows: () => 4, ...options });
  return Promise.allSettled(callers.map(async (values) => [...(await batched.run<'y'>(rows(values))).y.data]));
}

const fulfilled = (values: readonly number[]): PromiseSettledResult<number[]> => ({
  status: 'fulfilled',
  value: [...values],
});

describe('createBatchedSession', () => {
  it('puts the rows of several callers into one run and gives each its own', async () => {
    const fake = doubling();
    expect(await doubled(fake, [[1], [2, 3], [4], [5, 6, 7]])).toEqual([[2], [4, 6], [8], [10, 12, 14]].map(fulfilled));
    expect(fake.runs).toEqual([4, 3]);
  });

  it('lets no caller wait behind others of another shape for ever, and never mixes shapes', async () => {
    const fake = doubling();
    const batched = createBatchedSession(fake.session, { mostRows: () => 8 });
    const results = await Promise.all([
      batched.run<'y'>(rows([1, 2])),
      batched.run<'y'>(rows([3, 4], 2)),
      batched.run<'y'>(rows([5])),
    ]);
    expect(results.map(({ y }) => [[...y.data], y.dims])).toEqual([
      [
        [2, 4],
        [2, 1],
      ],
      [
        [6, 8],
        [1, 2],
      ],
      [[10], [1, 1]],
    ]);
    expect(fake.runs).toEqual([3, 1]);
  });

  it('takes a caller with more rows than fit in parts', async () => {
    const fake = doubling();
    expect(await doubled(fake, [[1, 2, 3, 4, 5, 6, 7, 8, 9]])).toEqual([fulfilled([2, 4, 6, 8, 10, 12, 14, 16, 18])]);
    expect(fake.runs).toEqual([4, 4, 1]);
  });

  it('takes nobody along when one caller’s rows fail', async () => {
    const fake = doubling((values) => (values.includes(3) ? 'broken row' : undefined));
    const settled = await doubled(fake, [[1], [3], [4]]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('halves the rows where memory does not suffice, says so, and stays with fewer', async () => {
    const fake = doubling((values) =>
      values.length > 2 ? 'BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer' : undefined,
    );
    const told: number[] = [];
    const callers = [1, 2, 3, 4, 5, 6, 7, 8].map((value) => [value]);
    const settled = await doubled(fake, callers, { mostRows: () => 8, onFewerRows: (fewer) => told.push(fewer) });
    expect(settled).toEqual(callers.map(([value]) => fulfilled([2 * value!])));
    expect(told).toEqual([4, 2]);
    expect(fake.runs).toEqual([8, 4, 2, 2, 2, 2]);
  });

  it('halves for one caller with many rows as well', async () => {
    const fake = doubling((values) => (values.length > 1 ? 'CUDA failure 2: out of memory' : undefined));
    expect(await doubled(fake, [[1, 2, 3]])).toEqual([fulfilled([2, 4, 6])]);
    expect(fake.runs).toEqual([3, 1, 1, 1]);
  });

  it('explains one row that does not fit', async () => {
    const [settled] = await doubled(
      doubling(() => 'std::bad_alloc'),
      [[1]],
    );
    expect(settled).toMatchObject({ status: 'rejected', reason: { code: 'out-of-memory' } });
  });
});
