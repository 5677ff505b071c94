import { explainedOutOfMemory, isOutOfMemory } from './out-of-memory.js';
import type { InputData, ModelSession, TensorData } from './session.js';

export type Feeds = Readonly<Record<string, TensorData<InputData>>>;

export interface BatchedSessionOptions {
  /** Most rows side by side of such inputs. */
  readonly mostRows: (feeds: Feeds) => number;
  /** Told when memory did not suffice and no more than so many rows go side by side from now on. */
  readonly onFewerRows?: ((rows: number) => void) | undefined;
}

interface Entry {
  readonly feeds: Feeds;
  readonly rows: number;
  readonly fetch: readonly string[];
  /** What runs must share to go side by side. */
  readonly shape: string;
  readonly resolve: (results: Results) => void;
  readonly reject: (error: unknown) => void;
}

type Results = Record<string, TensorData>;

/**
 * A session whose callers share runs: what waits while one run computes goes together into the next, as far as shapes are equal and rows fit. The
 * first dimension of every input and output is that of the rows, and a row's outputs depend on its inputs alone. A run that fails takes nobody else's
 * along: the others are done again, each by itself. Where memory does not suffice rows are halved and the work goes on; one row alone that does not fit
 * is an error.
 */
export function createBatchedSession(
  session: ModelSession,
  { mostRows, onFewerRows }: BatchedSessionOptions,
): ModelSession {
  const waiting: Entry[] = [];
  let cap = Number.POSITIVE_INFINITY;
  let isBusy = false;

  const limitFor = ({ feeds }: Entry): number => Math.max(1, Math.min(cap, mostRows(feeds)));

  const pump = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    // Others of this turn of the event loop may still ask.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await settle(takeTogether(waiting, limitFor(waiting[0]!)));
    isBusy = false;
  };

  const settle = async (entries: readonly Entry[]): Promise<void> => {
    const limit = limitFor(entries[0]!);
    const rows = Math.min(limit, rowsOf(entries));
    try {
      const results = await runTogether(session, entries, limit);
      for (const [index, { resolve }] of entries.entries()) resolve(results[index]!);
    } catch (error) {
      if (isOutOfMemory(error) && rows > 1) {
        cap = Math.floor(rows / 2);
        onFewerRows?.(cap);
        waiting.unshift(...entries);
      } else if (entries.length > 1) for (const entry of entries) await settle([entry]);
      else entries[0]!.reject(explainedOutOfMemory(error, 'one item alone'));
    }
  };

  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: <Name extends string>(feeds: Feeds, fetch: readonly Name[] = session.outputNames as readonly Name[]) =>
      new Promise<Record<Name, TensorData>>((resolve, reject) => {
        const entry = { feeds, fetch, rows: Object.values(feeds)[0]!.dims[0]!, shape: shapeOf(feeds, fetch) };
        waiting.push({ ...entry, resolve: resolve as Entry['resolve'], reject });
        void pump();
      }),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function shapeOf(feeds: Feeds, fetch: readonly string[]): string {
  return JSON.stringify([Object.entries(feeds).map(([name, { dims }]) => [name, ...dims.slice(1)]), fetch]);
}

function rowsOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { rows }) => sum + rows, 0);
}

/** Takes the oldest run out of `waiting`, and those of its shape that have place beside it. */
function takeTogether(waiting: Entry[], limit: number): readonly Entry[] {
  const taken = [waiting.shift()!];
  for (let index = 0; index < waiting.length; ) {
    const { shape, rows } = waiting[index]!;
    if (shape === taken[0]!.shape && rowsOf(taken) + rows <= limit) taken.push(...waiting.splice(index, 1));
    else index++;
  }
  return taken;
}

/** Results of each entry; one with more rows than `limit` is alone here and goes in parts. */
async function runTogether(session: ModelSession, entries: readonly Entry[], limit: number): Promise<Results[]> {
  const { feeds: first, fetch } = entries[0]!;
  const feeds = Object.fromEntries(
    Object.keys(first).map((name) => [name, underEachOther(entries.map((entry) => entry.feeds[name]!))]),
  );
  const rows = rowsOf(entries);
  const parts: Results[] = [];
  for (let from = 0; from < rows; from += limit) {
    const part = Object.entries(feeds).map(([name, tensor]) => [name, rowsFrom(tensor, from, { count: limit, rows })]);
    parts.push(await session.run(Object.fromEntries(part) as Feeds, fetch));
  }
  const results = Object.fromEntries(
    fetch.map((name) => [name, underEachOther(parts.map((part) => part[name]!))] as const),
  );
  let from = 0;
  return entries.map((entry) => {
    const own = fetch.map((name) => [name, rowsFrom(results[name]!, from, { count: entry.rows, rows })] as const);
    from += entry.rows;
    return Object.fromEntries(own);
  });
}

/** Tensors of one type below each other. A single one is as it was. */
function underEachOther<Data extends InputData>(tensors: readonly TensorData<Data>[]): TensorData<Data> {
  if (tensors.length === 1) return tensors[0]!;
  const { data, dims } = tensors[0]!;
  const length = tensors.reduce((sum, tensor) => sum + tensor.data.length, 0);
  const joined = new (data.constructor as new (length: number) => Data)(length);
  let place = 0;
  for (const tensor of tensors) {
    joined.set(tensor.data as never, place);
    place += tensor.data.length;
  }
  const first = tensors.reduce((sum, tensor) => sum + tensor.dims[0]!, 0);
  return { data: joined, dims: [first, ...dims.slice(1)] };
}

/** What belongs to `count` rows from `from` on, of a tensor with values for `rows`: a copy, since a view would be sent to a thread with all that lies around it. */
function rowsFrom<Data extends InputData>(
  { data, dims }: TensorData<Data>,
  from: number,
  { count, rows }: { readonly count: number; readonly rows: number },
): TensorData<Data> {
  const end = Math.min(rows, from + count);
  if (from === 0 && end === rows && data.byteLength === data.buffer.byteLength) return { data, dims };
  if (data.length % rows !== 0) throw new RangeError(`${data.length} values do not belong to ${rows} rows`);
  const width = data.length / rows;
  const first = (dims[0]! / rows) * (end - from);
  return { data: data.slice(from * width, end * width) as Data, dims: [first, ...dims.slice(1)] };
}
