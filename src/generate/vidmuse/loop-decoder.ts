import type { VidmuseDimensions } from '../../models/architectures/vidmuse/dimensions.js';
import { decoderGraphs } from '../../models/architectures/vidmuse/music-decoder.js';
import { type ImportedModel, openImportedModel } from '../../models/import/imported-model.js';
import type { ModelSession, SessionOptions, TensorData } from '../../models/session.js';
import { type Codes, emptyCodes, undelayed } from './delay-pattern.js';
import { drawingFeeds, joinedMemoryFeeds, pagedMemoryFeeds } from './loop-feeds.js';
import { outputOf } from './networks.js';
import type { TokenDecoder } from './token-decoder.js';

export interface LoopDecoderOptions {
  /** The window graph or the paged one. */
  readonly session: ModelSession;
  readonly dimensions: VidmuseDimensions;
  /** Of the null branch, [frames, tokens, width]. */
  readonly nullMemory: TensorData;
}

/**
 * Opens the graph of a whole window that suits the provider: pages for CUDA in float16, else the plain one. Throws a BenchError where the provider
 * cannot load it.
 */
export async function openWindowDecoder(
  model: ImportedModel,
  { provider, ...rest }: Omit<LoopDecoderOptions, 'session'> & Pick<SessionOptions, 'provider'>,
): Promise<TokenDecoder & AsyncDisposable> {
  const isPaged = provider === 'cuda' && model.card.dtype === 'f16';
  const companion = isPaged ? decoderGraphs.pagedWindow : decoderGraphs.window;
  const session = await openImportedModel(model, {
    ...(provider === undefined ? {} : { provider }),
    companion,
    inThread: true,
  });
  return {
    ...createLoopDecoder({ session, ...rest }),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** Draws the codes of windows with one run of one graph for a whole window: no step returns to the host, so none can be told of or stopped. */
export function createLoopDecoder({ session, dimensions, nullMemory }: LoopDecoderOptions): TokenDecoder {
  const isPaged = session.inputNames.includes('own_pages');
  return {
    async decode(tasks, options) {
      options.signal?.throwIfAborted();
      const drawing = drawingFeeds(tasks, { options, dimensions });
      const memories = { memories: tasks.map(({ memory }) => memory), nullMemory };
      const columns = drawing.given!.dims[0]!;
      const memory = isPaged ? pagedMemoryFeeds(memories, columns) : joinedMemoryFeeds(memories);
      const codes = outputOf(await session.run({ ...drawing, ...memory }), 'codes');
      return tasks.map((_, row) => codesOf(codes, { row, dimensions }));
    },
  };
}

/** The codes of one clip in columns [columns - 1, clips, codebooks] by time. */
function codesOf(
  { data, dims }: TensorData,
  { row, dimensions }: { readonly row: number; readonly dimensions: VidmuseDimensions },
): Codes {
  const { delays } = dimensions.decoder;
  const [steps, clips, codebooks] = dims as [number, number, number];
  const sequence = emptyCodes(codebooks, steps + 1);
  for (let step = 0; step < steps; step++)
    for (let codebook = 0; codebook < codebooks; codebook++)
      sequence.data[codebook * (steps + 1) + step + 1] = data[(step * clips + row) * codebooks + codebook]!;
  return undelayed(sequence, { delays });
}
