import type { VidmuseDimensions } from '../../models/architectures/vidmuse/dimensions.js';
import type { ModelSession, TensorData } from '../../models/session.js';
import type { Codes } from './delay-pattern.js';
import { type ColumnsToDraw, drawColumns } from './draw-columns.js';
import { outputOf } from './networks.js';
import type { SamplingOptions } from './sampling.js';

/** One window of one clip. */
export interface WindowTask {
  /** [frames, 50, width] of its local frames. */
  readonly memory: TensorData;
  /** Codes that it begins with. */
  readonly prompt: Codes;
  /** A number in [0, 1) for each draw: one a codebook and step, in this order. */
  readonly uniform: () => number;
}

export interface DecodeOptions {
  /** Of all windows, the prompt included. */
  readonly tokens: number;
  readonly guidance: number;
  readonly sampling: SamplingOptions;
  readonly signal?: AbortSignal | undefined;
  /** Told after each step, of `steps` in all. */
  readonly onStep?: ((step: number, steps: number) => void) | undefined;
  /** Told the guided logits [clips, codebooks, codes] that each column is drawn from; columns count from 0. */
  readonly onLogits?: ((column: number, logits: Float32Array) => void) | undefined;
}

/** Draws the codes of windows. */
export interface TokenDecoder {
  /**
   * Windows of equally long memory and prompt, side by side: the weights are read once a step for all of them. Each window's codes are what it
   * would get alone.
   */
  decode(tasks: readonly WindowTask[], options: DecodeOptions): Promise<readonly Codes[]>;
}

/** The decoder as a step and as keys and values of a memory. */
export interface StepNetworks {
  readonly dimensions: VidmuseDimensions;
  readonly decoder: ModelSession;
  readonly decoderMemory: ModelSession;
}

/** Draws step by step, on any provider. `memory` is that of the null branch. */
export async function createTokenDecoder(networks: StepNetworks, memory: TensorData): Promise<TokenDecoder> {
  const nulls = Object.entries(await networks.decoderMemory.run({ memory: inOneRow([memory]) }));
  const nullFeeds = Object.fromEntries(nulls.map(([name, tensor]) => [`null_${name}`, tensor]));
  return { decode: (tasks, options) => decode(networks, { tasks, nullFeeds }, options) };
}

type Feeds = Readonly<Record<string, TensorData>>;

async function decode(
  networks: StepNetworks,
  { tasks, nullFeeds }: { readonly tasks: readonly WindowTask[]; readonly nullFeeds: Feeds },
  options: DecodeOptions,
): Promise<readonly Codes[]> {
  const { dimensions } = networks;
  const { depth, heads, width } = dimensions.decoder;
  const memory = await networks.decoderMemory.run({ memory: inOneRow(tasks.map((task) => task.memory)) });
  const fixed = { ...memory, ...nullFeeds, guidance: { data: Float32Array.of(options.guidance), dims: [1] } };
  const empty = { data: new Float32Array(0), dims: [2 * tasks.length, heads, 0, width / heads] };
  let past: Feeds = Object.fromEntries(pastNames(depth).map((name) => [`past_${name}`, empty]));
  const read: ColumnsToDraw['read'] = async ({ sequences, from, to }) => {
    const results = await networks.decoder.run({ ...fixed, ...past, ...newColumns(sequences, from, to) });
    past = Object.fromEntries(pastNames(depth).map((name) => [`past_${name}`, outputOf(results, `present_${name}`)]));
    return outputOf(results, 'logits').data;
  };
  return drawColumns({ tasks, dimensions, read }, options);
}

function pastNames(depth: number): string[] {
  return Array.from({ length: depth }, (_, layer) => [`keys_${layer}`, `values_${layer}`]).flat();
}

/** Columns `from` up to `to` (exclusive) of all sequences. */
function newColumns(sequences: readonly Codes[], from: number, to: number): Record<string, TensorData<BigInt64Array>> {
  const { codebooks, length } = sequences[0]!;
  const codes = sequences.flatMap(({ data }) =>
    Array.from({ length: codebooks }, (_, codebook) => [
      ...data.subarray(codebook * length + from, codebook * length + to),
    ]),
  );
  return {
    codes: { data: BigInt64Array.from(codes.flat(), BigInt), dims: [sequences.length, codebooks, to - from] },
    positions: { data: BigInt64Array.from({ length: to - from }, (_, step) => BigInt(from + step)), dims: [to - from] },
  };
}

/** Frames' tokens after each other: memories [frames, 50, width] → [clips, tokens, width]. */
export function inOneRow(memories: readonly TensorData[]): TensorData {
  const [frames, tokens, width] = memories[0]!.dims as [number, number, number];
  const length = frames * tokens * width;
  const data = new Float32Array(memories.length * length);
  for (const [index, memory] of memories.entries()) data.set(memory.data, index * length);
  return { data, dims: [memories.length, frames * tokens, width] };
}
