import type { VidmuseDimensions } from '../../models/architectures/vidmuse/dimensions.js';
import { type Codes, type DelayedSequence, delayedSequence, undelayed } from './delay-pattern.js';
import { sampleCode } from './sampling.js';
import type { DecodeOptions, WindowTask } from './token-decoder.js';

export interface ColumnsToDraw {
  readonly tasks: readonly WindowTask[];
  readonly dimensions: VidmuseDimensions;
  /** Reads columns `from` up to `to` (exclusive) of all sequences; the guided logits [clips, codebooks, codes] behind the last of them. */
  readonly read: (columns: {
    readonly sequences: readonly DelayedSequence[];
    readonly from: number;
    readonly to: number;
  }) => Promise<Float32Array>;
}

/** Columns of the delayed sequence of a window. */
export function columnsOf(tokens: number, { decoder }: VidmuseDimensions): number {
  return 1 + tokens + Math.max(...decoder.delays);
}

/** Draws windows of equally long prompt side by side, column by column: what is read between two draws is up to the caller. */
export async function drawColumns(
  { tasks, dimensions, read }: ColumnsToDraw,
  { tokens, sampling, signal, onLogits, onStep }: DecodeOptions,
): Promise<readonly Codes[]> {
  const { delays, codebooks, codebookSize } = dimensions.decoder;
  const sequences = tasks.map(({ prompt }) =>
    delayedSequence(prompt, { length: tokens, delays, noCode: codebookSize }),
  );
  const columns = columnsOf(tokens, dimensions);
  // The first column without a code, and with a prompt all that are given in whole.
  const first = 1 + tasks[0]!.prompt.length;
  for (let column = first, from = 0; column < columns; from = column++) {
    signal?.throwIfAborted();
    const logits = await read({ sequences, from, to: column });
    onLogits?.(column, logits);
    tasks.forEach(({ uniform }, row) => {
      const { data, known } = sequences[row]!;
      for (let codebook = 0; codebook < codebooks; codebook++) {
        const start = (row * codebooks + codebook) * codebookSize;
        const code = sampleCode(logits.subarray(start, start + codebookSize), { ...sampling, uniform: uniform() });
        const place = codebook * columns + column;
        if (known[place] === 0) data[place] = code;
      }
    });
    onStep?.(column - first + 1, columns - first);
  }
  return sequences.map((sequence) => undelayed(sequence, { delays }));
}
