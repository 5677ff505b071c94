import type { VidmuseDimensions } from '../../models/architectures/vidmuse/dimensions.js';
import { pageLength } from '../../models/architectures/vidmuse/paged-window.js';
import type { InputData, TensorData } from '../../models/session.js';
import { type DelayedSequence, delayedSequence } from './delay-pattern.js';
import type { SamplingOptions } from './sampling.js';
import type { DecodeOptions, WindowTask } from './token-decoder.js';

export type LoopFeeds = Readonly<Record<string, TensorData<InputData>>>;

/** The inputs that both forms of the loop have; `sequences` of equal length. */
export function drawingFeeds(
  tasks: readonly WindowTask[],
  { options, dimensions }: { readonly options: DecodeOptions; readonly dimensions: VidmuseDimensions },
): LoopFeeds {
  const { delays, codebooks, codebookSize } = dimensions.decoder;
  const { tokens, guidance, sampling } = options;
  const sequences = tasks.map(({ prompt }) =>
    delayedSequence(prompt, { length: tokens, delays, noCode: codebookSize }),
  );
  const columns = sequences[0]!.length;
  const dims = [columns, tasks.length, codebooks];
  const first = 1 + tasks[0]!.prompt.length;
  const uniform = new Float64Array(columns * tasks.length * codebooks);
  tasks.forEach((task, row) => {
    for (let column = first; column < columns; column++)
      for (let codebook = 0; codebook < codebooks; codebook++)
        uniform[(column * tasks.length + row) * codebooks + codebook] = task.uniform();
  });
  return {
    given: { data: byColumn(sequences, ({ data }) => data), dims },
    known: { data: byColumn(sequences, ({ known }) => known), dims },
    uniform: { data: uniform, dims },
    guidance: { data: Float64Array.of(guidance), dims: [1] },
    ...choiceFeeds(sampling, codebookSize),
  };
}

/** Cells of all sequences, column by column. */
function byColumn(
  sequences: readonly DelayedSequence[],
  cells: (sequence: DelayedSequence) => Int32Array | Uint8Array,
): BigInt64Array {
  const { codebooks, length } = sequences[0]!;
  const data = new BigInt64Array(length * sequences.length * codebooks);
  sequences.forEach((sequence, row) => {
    const from = cells(sequence);
    for (let column = 0; column < length; column++)
      for (let codebook = 0; codebook < codebooks; codebook++)
        data[(column * sequences.length + row) * codebooks + codebook] = BigInt(from[codebook * length + column]!);
  });
  return data;
}

/** The choice as `candidates` (sampling.ts) makes it. */
function choiceFeeds({ temperature, topK, topP }: SamplingOptions, codes: number): LoopFeeds {
  const greedy = temperature <= 0;
  const limited = topP <= 0 && topK > 0 && topK < codes;
  const whole = (value: number): TensorData<BigInt64Array> => ({ data: BigInt64Array.of(BigInt(value)), dims: [1] });
  const real = (value: number): TensorData<Float64Array> => ({ data: Float64Array.of(value), dims: [1] });
  return {
    temperature: real(greedy ? 1 : temperature),
    candidates: whole(greedy ? 1 : codes),
    rank: whole(greedy ? 1 : limited ? topK : codes),
    share: real(!greedy && topP > 0 ? topP : 1),
  };
}

export interface Memories {
  /** Of the windows, equally long: [frames, tokens, width] each. */
  readonly memories: readonly TensorData[];
  readonly nullMemory: TensorData;
}

export function joinedMemoryFeeds({ memories, nullMemory }: Memories): LoopFeeds {
  const width = nullMemory.dims.at(-1)!;
  return {
    memory: {
      data: afterEachOther(memories.map(({ data }) => data)),
      dims: [memories.length, memories[0]!.data.length / width, width],
    },
    null_memory: { data: nullMemory.data, dims: [1, nullMemory.data.length / width, width] },
  };
}

/** Memories in whole pages; the null rows share those of the null memory. `columns` are those of the delayed sequence. */
export function pagedMemoryFeeds({ memories, nullMemory }: Memories, columns: number): LoopFeeds {
  const width = nullMemory.dims.at(-1)!;
  const all = [...memories, nullMemory];
  const tokens = all.map(({ data }) => data.length / width);
  const pages = tokens.map((count) => Math.ceil(count / pageLength));
  const firsts = pages.map((_, index) => pages.slice(0, index).reduce((sum, count) => sum + count, 0));
  const places = pages.reduce((sum, count) => sum + count, 0) * pageLength;
  const memory = new Float32Array(places * width);
  all.forEach(({ data }, index) => {
    memory.set(data, firsts[index]! * pageLength * width);
  });
  const rows = [...memories.keys(), ...memories.map(() => memories.length)];
  const mostPages = Math.max(...pages);
  const ownPages = Math.ceil(columns / pageLength);
  return {
    memory: { data: memory, dims: [places, width] },
    memory_pages: {
      // Places beyond a row's pages are never read.
      data: Int32Array.from(
        rows.flatMap((row) =>
          Array.from({ length: mostPages }, (_, page) => firsts[row]! + Math.min(page, pages[row]! - 1)),
        ),
      ),
      dims: [rows.length, mostPages],
    },
    memory_last: {
      data: BigInt64Array.from(rows, (row) => BigInt(firsts[row]! * pageLength + tokens[row]! - 1)),
      dims: [rows.length],
    },
    memory_past: { data: Int32Array.from(rows, (row) => tokens[row]! - 1), dims: [rows.length] },
    own_pages: {
      data: Int32Array.from({ length: rows.length * ownPages }, (_, page) => page),
      dims: [rows.length, ownPages],
    },
    row_starts: { data: Int32Array.from({ length: rows.length + 1 }, (_, row) => row), dims: [rows.length + 1] },
  };
}

/** Equally long arrays as one. */
export function afterEachOther(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.length * parts[0]!.length);
  parts.forEach((part, index) => {
    all.set(part, index * part.length);
  });
  return all;
}
