import { errorOf } from '../../core/errors.js';
import type { Features } from '../../core/features.js';
import { failed, type Outcome, ok } from '../../core/outcome.js';
import { createBatchedSession } from '../../models/batched-session.js';
import { freeGpuBytes } from '../../models/cuda/free-memory.js';
import { weightsIdentity } from '../../models/import/imported-card.js';
import { type ImportedModel, openImportedModel } from '../../models/import/imported-model.js';
import type { ComputedBy } from '../../models/provider-name.js';
import type { ExecutionProvider, InputData, ModelSession, TensorData } from '../../models/session.js';
import type { Encoder } from '../encoder.js';
import { runInBatches } from '../run-in-batches.js';
import { rowsThatFit } from './row-memory.js';

/** What every encoder over an imported network says of itself. */
export function describeNetwork(
  { card }: ImportedModel,
  summary: string,
): Pick<Encoder, 'id' | 'summary' | 'weightsSha256' | 'outputs'> & {
  readonly trained: boolean;
} {
  return {
    id: card.id,
    summary: card.trained ? summary : `${summary} (UNTRAINED weights)`,
    weightsSha256: weightsIdentity(card),
    outputs: card.outputs,
    trained: card.trained,
  };
}

/** Where networks compute; left out wherever it can be: on the CPU, clip by clip. */
export interface NetworkCompute {
  readonly provider: ExecutionProvider;
  /** What results are recorded under. */
  readonly computedBy: ComputedBy;
  /** Most rows side by side; left out: what the memory model allows. */
  readonly rows?: number;
  /** Told when memory did not suffice for a network and fewer rows go side by side from now on. */
  readonly onFewerRows?: (modelId: string, rows: number) => void;
}

export interface NetworkRun {
  readonly input: { readonly name: string /** Of one item, without the batch. */; readonly shape: readonly number[] };
  /** Items in one run on the CPU, where larger ones are no faster. Elsewhere runs hold what fits, of all clips that are at work. */
  readonly batchSize: number;
  readonly signal?: AbortSignal | undefined;
}

export interface NetworkRunOn {
  /** Of the card; left out: all of them. */
  readonly outputs?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** The network of an imported model, opened once, when it is first used. */
export interface LazyNetwork {
  /** One row an item in each output of the card. A network that cannot be opened is a failed outcome. */
  run(items: Iterable<Float32Array> | AsyncIterable<Float32Array>, run: NetworkRun): Promise<Outcome<Features>>;
  /** One run on these inputs, the first dimension of which is that of the rows. Fails as `run` does. */
  runOn(feeds: Readonly<Record<string, TensorData<InputData>>>, options: NetworkRunOn): Promise<Outcome<Features>>;
}

/** Of one clip that are gathered for a run on a GPU, in bytes: each clip at work holds so much. */
const gatheredBytes = 32e6;

export function lazyNetwork(model: ImportedModel, compute?: NetworkCompute): LazyNetwork {
  let opening: Promise<ModelSession> | undefined;
  const openOnce = (): Promise<ModelSession> => {
    opening ??= openNetwork(model, compute).catch((error: unknown) => {
      // The next clip may find the files again.
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const caught = async (
    work: (session: ModelSession) => Promise<Features>,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Features>> => {
    try {
      return ok(await work(await openOnce()));
    } catch (error) {
      signal?.throwIfAborted();
      const { code, message } = errorOf(error);
      return failed(code, message);
    }
  };
  const { outputs } = model.card;
  const gathered = ({ input, batchSize }: NetworkRun): number => {
    if (compute === undefined) return batchSize;
    const itemBytes = 4 * input.shape.reduce((product, length) => product * length, 1);
    return Math.max(1, Math.min(compute.rows ?? 64, Math.floor(gatheredBytes / itemBytes)));
  };
  return {
    run: (items, run) =>
      caught((session) => runInBatches(items, { ...run, session, outputs, batchSize: gathered(run) }), run.signal),
    runOn: (feeds, { outputs: wanted, signal }) =>
      caught(async (session) => {
        signal?.throwIfAborted();
        const fetched = outputs.filter(({ name }) => wanted?.includes(name) ?? true);
        const results = await session.run(
          feeds,
          fetched.map(({ name }) => name),
        );
        return Object.fromEntries(
          fetched.map(({ name, columns }) => {
            const { data } = results[name]!;
            return [name, { rows: data.length / columns, columns, data }];
          }),
        );
      }, signal),
  };
}

/** On a GPU all callers share runs; on CUDA these leave this thread to front ends and decoders. */
async function openNetwork(model: ImportedModel, compute?: NetworkCompute): Promise<ModelSession> {
  if (compute === undefined) return openImportedModel(model);
  const { provider, rows, onFewerRows } = compute;
  const freeBytes = provider === 'cuda' ? await freeGpuBytes() : undefined;
  const session = await openImportedModel(model, { provider, inThread: provider === 'cuda' });
  return createBatchedSession(session, {
    mostRows: (feeds) => rows ?? rowsThatFit(model, feeds, freeBytes),
    onFewerRows: (fewer) => onFewerRows?.(model.card.id, fewer),
  });
}
