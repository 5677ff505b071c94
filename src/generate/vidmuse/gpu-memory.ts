import { mostColumns } from '../../models/architectures/vidmuse/decoder-parts.js';
import type { VidmuseDimensions } from '../../models/architectures/vidmuse/dimensions.js';
import { pageLength } from '../../models/architectures/vidmuse/paged-window.js';
import { freeGpuBytes } from '../../models/cuda/free-memory.js';
import type { ExecutionProvider } from '../../models/session.js';
import { localFramesPerSecond, officialWindows } from './compat.js';

const bytesOfHalf = 2;
/** Of free memory that may be planned with: the rest is for activations, the other networks and what the allocator rounds up. */
const usableShare = 0.85;
/** More brings less than a tenth (docs/gpu.md). */
const mostClips = 32;

/** What windows of 30 s take on the GPU in float16, in bytes: weights and the null memory once, keys and values for each clip. */
export function windowMemory({ decoder, visual }: VidmuseDimensions): {
  readonly fixed: number;
  readonly perClip: number;
} {
  const { width, hiddenWidth, depth, codebooks, codebookSize } = decoder;
  const layer = 8 * width * width + 2 * width * hiddenWidth;
  const weights = depth * layer + codebooks * (2 * codebookSize + 1) * width + mostColumns * width;
  // Keys and values of a place in all layers.
  const place = 2 * depth * width;
  const memoryTokens = officialWindows.windowSeconds * localFramesPerSecond * visual.tokens;
  const inPages = (places: number): number => Math.ceil(places / pageLength) * pageLength;
  return {
    fixed: bytesOfHalf * (weights + place * inPages(visual.tokens)),
    perClip: bytesOfHalf * place * (inPages(memoryTokens) + 2 * inPages(mostColumns)),
  };
}

/** Most clips side by side in so much free memory, 1 at least. */
export function largestBatch(dimensions: VidmuseDimensions, freeBytes: number): number {
  const { fixed, perClip } = windowMemory(dimensions);
  const fitting = Math.floor((usableShare * freeBytes - fixed) / perClip);
  return Math.max(1, Math.min(mostClips, fitting));
}

/** How many clips go side by side unless the user says: on CUDA what fits, elsewhere one: on the CPU more would not be faster, and WebGPU does not tell free memory. */
export async function fittingBatch(provider: ExecutionProvider, dimensions: unknown): Promise<number> {
  if (provider !== 'cuda') return 1;
  const free = await freeGpuBytes();
  return free === undefined ? 8 : largestBatch(dimensions as VidmuseDimensions, free);
}
