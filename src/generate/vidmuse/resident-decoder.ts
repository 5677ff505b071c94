import { BenchError } from '../../core/errors.js';
import type { VidmuseDimensions } from '../../models/architectures/vidmuse/dimensions.js';
import { decoderGraphs } from '../../models/architectures/vidmuse/music-decoder.js';
import { type ImportedModel, openInPlaceCompanion, openResidentCompanion } from '../../models/import/imported-model.js';
import type {
  InPlaceSession,
  ResidentSession,
  ResidentTensors,
  SessionOptions,
  TensorData,
} from '../../models/session.js';
import type { Codes, DelayedSequence } from './delay-pattern.js';
import { columnsOf, drawColumns } from './draw-columns.js';
import { outputOf } from './networks.js';
import { type DecodeOptions, inOneRow, type TokenDecoder, type WindowTask } from './token-decoder.js';

/** The decoder as a step in place, and what it reads. */
export interface ResidentNetworks {
  readonly dimensions: VidmuseDimensions;
  readonly step: InPlaceSession;
  readonly memory: ResidentSession;
  readonly places: ResidentSession;
}

/**
 * Opens the graphs of a step over resident keys and values. Throws a BenchError where they are not there, the provider cannot load them or, as CUDA,
 * keeps nothing on the device.
 */
export async function openResidentDecoder(
  model: ImportedModel,
  { nullMemory, ...options }: Pick<SessionOptions, 'provider' | 'threads'> & { readonly nullMemory: TensorData },
): Promise<TokenDecoder & AsyncDisposable> {
  if (options.provider === 'cuda') throw nothingResident(model.folder);
  const opened: AsyncDisposable[] = [];
  const close = async (): Promise<void> => {
    for (const resource of opened.toReversed()) await resource[Symbol.asyncDispose]();
  };
  const keep = <T extends AsyncDisposable>(resource: T): T => {
    opened.push(resource);
    return resource;
  };
  const { residentMemory, residentPlaces, residentStep } = decoderGraphs;
  try {
    const memory = keep(await openResidentCompanion(model, { ...options, companion: residentMemory }));
    const places = keep(await openResidentCompanion(model, { ...options, companion: residentPlaces }));
    const step = keep(await openInPlaceCompanion(model, { ...options, companion: residentStep }));
    const dimensions = model.card.dimensions as unknown as VidmuseDimensions;
    const decoder = keep(await createResidentDecoder({ dimensions, step, memory, places }, nullMemory));
    return { ...decoder, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

function nothingResident(file: string): BenchError {
  return new BenchError({
    code: 'nothing-resident-on-provider',
    kind: 'usage',
    file,
    problem:
      'onnxruntime-node keeps nothing on the device between runs with CUDA, so keys and values would go through the host at each step',
    remedy: 'Leave --decoding out: CUDA draws a window in one run',
  });
}

/**
 * Draws step by step with keys and values that stay on the device: those of the memories are computed once a window, those of self-attention are
 * written in place, and a step hands the host its logits alone. A window's memory is given back when it is drawn, fails or is stopped; that of the null
 * branch, [frames, tokens, width], when the decoder is disposed of.
 */
export async function createResidentDecoder(
  networks: ResidentNetworks,
  nullMemory: TensorData,
): Promise<TokenDecoder & AsyncDisposable> {
  const nulls = await networks.memory.run({ memory: inOneRow([nullMemory]) });
  return {
    decode: (tasks, options) => decode(networks, { tasks, nulls }, options),
    [Symbol.asyncDispose]: async () => disposeOf(nulls),
  };
}

async function decode(
  networks: ResidentNetworks,
  { tasks, nulls }: { readonly tasks: readonly WindowTask[]; readonly nulls: ResidentTensors },
  options: DecodeOptions,
): Promise<readonly Codes[]> {
  const { dimensions } = networks;
  options.signal?.throwIfAborted();
  const memory = await networks.memory.run({ memory: inOneRow(tasks.map((task) => task.memory)) });
  try {
    const places = await emptyPlaces(networks, { clips: tasks.length, columns: columnsOf(options.tokens, dimensions) });
    try {
      const steps = residentSteps(networks, { memory, nulls, places });
      const read = async (columns: Columns): Promise<Float32Array> =>
        guided(await steps(columns), { guidance: options.guidance });
      return await drawColumns({ tasks, dimensions, read }, options);
    } finally {
      disposeOf(places);
    }
  } finally {
    disposeOf(memory);
  }
}

function emptyPlaces(
  { dimensions, places }: ResidentNetworks,
  { clips, columns }: { readonly clips: number; readonly columns: number },
): Promise<ResidentTensors> {
  const { heads, width } = dimensions.decoder;
  const shape = BigInt64Array.from([2 * clips, heads, columns, width / heads], BigInt);
  return places.run({ shape: { data: shape, dims: [4] } });
}

interface Columns {
  readonly sequences: readonly DelayedSequence[];
  readonly from: number;
  readonly to: number;
}

interface Held {
  readonly memory: ResidentTensors;
  readonly nulls: ResidentTensors;
  readonly places: ResidentTensors;
}

/** Reads columns one after the other, a prompt too; the logits of both branches [2 clips, codebooks, codes] behind the last. */
function residentSteps(
  { step }: ResidentNetworks,
  { memory, nulls, places }: Held,
): (columns: Columns) => Promise<Float32Array> {
  const fixed = { ...memory, ...withPrefix('null_', nulls), ...withPrefix('past_', places) };
  const present = withPrefix('present_', places);
  return async ({ sequences, from, to }) => {
    let logits: Float32Array = new Float32Array(0);
    for (let column = from; column < to; column++)
      logits = outputOf(await step.run({ ...fixed, ...columnFeeds(sequences, column) }, present), 'logits').data;
    return logits;
  };
}

function columnFeeds(
  sequences: readonly DelayedSequence[],
  column: number,
): Readonly<Record<string, TensorData<BigInt64Array | Int32Array>>> {
  const { codebooks, length } = sequences[0]!;
  const codes = sequences.flatMap(({ data }) =>
    Array.from({ length: codebooks }, (_, codebook) => BigInt(data[codebook * length + column]!)),
  );
  const rows = 2 * sequences.length;
  return {
    codes: { data: BigInt64Array.from(codes), dims: [sequences.length, codebooks] },
    position: { data: BigInt64Array.of(BigInt(column)), dims: [1] },
    filled: { data: new Int32Array(rows).fill(column), dims: [rows] },
    length: { data: Int32Array.of(column + 1), dims: [1] },
  };
}

/** uncond + (cond - uncond) guidance: [2 clips, codebooks, codes] → [clips, codebooks, codes]. */
function guided(logits: Float32Array, { guidance }: { readonly guidance: number }): Float32Array {
  const half = logits.length / 2;
  return Float32Array.from({ length: half }, (_, place) => {
    const [cond, uncond] = [logits[place]!, logits[half + place]!];
    return uncond + (cond - uncond) * guidance;
  });
}

function withPrefix(prefix: string, tensors: ResidentTensors): ResidentTensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}${name}`, tensor]));
}

function disposeOf(tensors: ResidentTensors): void {
  for (const tensor of Object.values(tensors)) tensor[Symbol.dispose]();
}
