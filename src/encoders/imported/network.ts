import { errorOf } from '../../core/errors.js';
import type { Features } from '../../core/features.js';
import { failed, type Outcome, ok } from '../../core/outcome.js';
import { weightsIdentity } from '../../models/import/imported-card.js';
import { type ImportedModel, openImportedModel } from '../../models/import/imported-model.js';
import type { InputData, ModelSession, TensorData } from '../../models/session.js';
import type { Encoder } from '../encoder.js';
import { runInBatches } from '../run-in-batches.js';

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

export interface NetworkRun {
  readonly input: { readonly name: string /** Of one item, without the batch. */; readonly shape: readonly number[] };
  readonly batchSize: number;
  readonly signal?: AbortSignal | undefined;
}

/** The network of an imported model, opened once, when it is first used. */
export interface LazyNetwork {
  /** One row an item in each output of the card. A network that cannot be opened is a failed outcome. */
  run(items: Iterable<Float32Array> | AsyncIterable<Float32Array>, run: NetworkRun): Promise<Outcome<Features>>;
  /** One run on these inputs, the first dimension of which is that of the rows. Fails as `run` does. */
  runOn(
    feeds: Readonly<Record<string, TensorData<InputData>>>,
    options: { readonly signal?: AbortSignal | undefined },
  ): Promise<Outcome<Features>>;
}

export function lazyNetwork(model: ImportedModel): LazyNetwork {
  let opening: Promise<ModelSession> | undefined;
  const caught = async (
    work: (session: ModelSession) => Promise<Features>,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Features>> => {
    try {
      opening ??= openImportedModel(model);
      return ok(await work(await opening));
    } catch (error) {
      signal?.throwIfAborted();
      // The next clip may find the files again.
      opening = undefined;
      const { code, message } = errorOf(error);
      return failed(code, message);
    }
  };
  const { outputs } = model.card;
  return {
    run: (items, run) => caught((session) => runInBatches(items, { ...run, session, outputs }), run.signal),
    runOn: (feeds, { signal }) =>
      caught(async (session) => {
        signal?.throwIfAborted();
        const results = await session.run(
          feeds,
          outputs.map(({ name }) => name),
        );
        return Object.fromEntries(
          outputs.map(({ name, columns }) => {
            const { data } = results[name]!;
            return [name, { rows: data.length / columns, columns, data }];
          }),
        );
      }, signal),
  };
}
