import type { FeatureMatrix, Features } from '../core/features.js';
import type { ModelSession } from '../models/session.js';

export interface BatchedRun {
  readonly session: ModelSession;
  readonly input: { readonly name: string /** Of one item, without the batch. */; readonly shape: readonly number[] };
  readonly outputs: readonly { readonly name: string; readonly columns: number }[];
  readonly batchSize: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Feeds the items of one clip to a model, `batchSize` at a time, and gives one row an item in each output. Memory holds one
 * batch of inputs, however many there are. Rejects with the signal's reason once it is aborted.
 */
export async function runInBatches(
  items: Iterable<Float32Array> | AsyncIterable<Float32Array>,
  run: BatchedRun,
): Promise<Features> {
  const itemLength = run.input.shape.reduce((product, length) => product * length, 1);
  const batch = new Float32Array(run.batchSize * itemLength);
  const collected: Collected[] = run.outputs.map((output) => ({ ...output, chunks: [] }));
  let filled = 0;
  for await (const item of items) {
    run.signal?.throwIfAborted();
    batch.set(item, filled * itemLength);
    filled++;
    if (filled < run.batchSize) continue;
    await runBatch(batch, { filled, run, collected });
    filled = 0;
  }
  run.signal?.throwIfAborted();
  if (filled > 0) await runBatch(batch.subarray(0, filled * itemLength), { filled, run, collected });
  return Object.fromEntries(collected.map((output) => [output.name, joinedRows(output)]));
}

interface Collected {
  readonly name: string;
  readonly columns: number;
  readonly chunks: Float32Array[];
}

interface BatchState {
  readonly filled: number;
  readonly run: BatchedRun;
  readonly collected: readonly Collected[];
}

async function runBatch(data: Float32Array, { filled, run, collected }: BatchState): Promise<void> {
  const feeds = { [run.input.name]: { data, dims: [filled, ...run.input.shape] } };
  const names = collected.map(({ name }) => name);
  const results = await run.session.run(feeds, names);
  for (const { name, columns, chunks } of collected) {
    const chunk = results[name]!.data;
    if (chunk.length !== filled * columns) {
      throw new RangeError(`output ${name} has ${chunk.length} values for ${filled} rows of ${columns}`);
    }
    chunks.push(chunk);
  }
}

/** The rows of all chunks under each other. */
export function joinedRows({ columns, chunks }: Collected): FeatureMatrix {
  const data = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    data.set(chunk, offset);
    offset += chunk.length;
  }
  return { rows: data.length / columns, columns, data };
}
