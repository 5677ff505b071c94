import type { VidmuseDimensions } from '../../../src/models/architectures/vidmuse/dimensions.js';

export interface StepBytesOptions {
  readonly dimensions: VidmuseDimensions;
  readonly clips: number;
  /** Of the window: keys and values grow from none to so many places. */
  readonly columns: number;
  /** Local frames that a clip sees. */
  readonly frames: number;
  /** 2 in float16, 4 in float32. */
  readonly bytesOfFloat: number;
}

/**
 * Bytes that a step has to read, on average over a window, whatever the kernels do: each weight of layers and heads once, keys and values of what each
 * clip sees, of the null memory that all clips share, and of what both branches of guidance have drawn so far.
 */
export function stepBytes({ dimensions, clips, columns, frames, bytesOfFloat }: StepBytesOptions): {
  readonly weights: number;
  readonly keysAndValues: number;
} {
  const { width, hiddenWidth, depth, codebooks, codebookSize } = dimensions.decoder;
  const layer = 8 * width * width + 2 * width * hiddenWidth;
  const weights = depth * layer + codebooks * codebookSize * width;
  const place = 2 * depth * width;
  const { tokens } = dimensions.visual;
  const places = clips * (frames * tokens + 2 * (columns / 2)) + tokens;
  return { weights: bytesOfFloat * weights, keysAndValues: bytesOfFloat * place * places };
}
