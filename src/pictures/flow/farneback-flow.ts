import type { FlowMemory } from './flow-kernels.js';
import { type FlowLevel, openFlowLevels } from './flow-levels.js';
import type { PictureSize } from './level-pictures.js';
import { type ResizeTaps, resizeTaps } from './resize-taps.js';

const iterations = 3;
const f32 = Math.fround;

/** How far each pixel moves from one frame to the next. */
export interface FlowField extends PictureSize {
  /** Values from a row to the next; at least twice the width. */
  readonly stride: number;
  /** Pixels along x and along y in turn; overwritten with the next frame. */
  readonly vectors: Float32Array;
}

/**
 * Takes the gray frames of a video in order, `widthPx * heightPx` bytes each; gives the flow from the frame before, and nothing
 * for the first.
 */
export type FarnebackFlow = (gray: Uint8Array) => FlowField | undefined;

/**
 * Dense optical flow by polynomial expansion (Farnebäck 2003, "Two-Frame Motion Estimation Based on Polynomial Expansion"), with the
 * choices of OpenCV's `calcOpticalFlowFarneback(..., 0.5, 3, 15, 3, 5, 1.2, 0)` (`modules/video/src/optflowgf.cpp`): up to three
 * halvings, polynomials over 11 x 11 pixels, averages over 15 x 15, three iterations a level. No memory is allocated for a frame;
 * each is expanded once. `kind`: see `flowMemory`.
 */
export function createFarnebackFlow(size: PictureSize, kind?: FlowMemory['kind']): FarnebackFlow {
  const { widthPx, heightPx } = size;
  const levels = openFlowLevels(size, kind);
  const starts = levels.map((level, depth) => flowStart(level, levels[depth + 1]));
  let now: 0 | 1 = 1;
  let seen = 0;
  return (gray) => {
    if (gray.length !== widthPx * heightPx)
      throw new RangeError(`a frame of ${widthPx} x ${heightPx} has ${widthPx * heightPx} bytes, got ${gray.length}`);
    now = now === 0 ? 1 : 0;
    for (const { size: own, kernels, pictures, picture, expansions } of levels) {
      pictures(gray, picture);
      kernels.expand(own, expansions[now]);
    }
    seen += 1;
    if (seen === 1) return undefined;
    for (let depth = levels.length - 1; depth >= 0; depth--) {
      starts[depth]!();
      refine(levels[depth]!, now);
    }
    return { ...size, stride: 2 * levels[0]!.size.stridePx, vectors: levels[0]!.vectors };
  };
}

/** The mean length of the vectors of a field, in pixels. */
export function meanMagnitude({ widthPx, heightPx, stride, vectors }: FlowField): number {
  let sum = 0;
  for (let row = 0; row < heightPx; row++) {
    const end = row * stride + 2 * widthPx;
    for (let at = row * stride; at < end; at += 2) sum += f32(Math.sqrt(vectors[at]! ** 2 + vectors[at + 1]! ** 2));
  }
  return sum / (widthPx * heightPx);
}

/** From the flow that the level has, three times nearer to what both frames say. */
function refine({ size, kernels, expansions, flow, tensors, sums, ...weights }: FlowLevel, now: 0 | 1): void {
  const { columnWeights, rowWeights } = weights;
  const [first, second] = [expansions[1 - now]!.coefficients, expansions[now]!.coefficients];
  for (let turn = 0; turn < iterations; turn++) {
    kernels.updateTensors(size, { first, second, flow, tensors, columnWeights, rowWeights });
    kernels.solve(size, { tensors, flow, sums });
  }
}

/** Sets a level's flow to what the coarser one has found, twice as long; to none at the coarsest. */
function flowStart({ size, vectors }: FlowLevel, coarser: FlowLevel | undefined): () => void {
  if (coarser === undefined) return () => void vectors.fill(0);
  const columns = resizeTaps(coarser.size.widthPx, size.widthPx, { round: f32 });
  const rows = resizeTaps(coarser.size.heightPx, size.heightPx, { round: f32 });
  const step = 2 * coarser.size.stridePx;
  let upper = { row: -1, values: new Float32Array(2 * size.widthPx) };
  let lower = { row: -1, values: new Float32Array(2 * size.widthPx) };
  const hold = (held: typeof upper, row: number): void => {
    if (held.row === row) return;
    stretchRow(coarser.vectors.subarray(step * row), held.values, columns);
    held.row = row;
  };
  return () => {
    upper.row = -1;
    lower.row = -1;
    for (let row = 0; row < size.heightPx; row++) {
      // Going down, what was the lower row is often the upper one now.
      if (lower.row === rows.first[row]!) [upper, lower] = [lower, upper];
      hold(upper, rows.first[row]!);
      hold(lower, rows.second[row]!);
      mixRows(
        vectors.subarray(2 * size.stridePx * row),
        { upper: upper.values, lower: lower.values },
        rows.weight[row]!,
      );
    }
  };
}

interface HeldRows {
  readonly upper: Float32Array;
  readonly lower: Float32Array;
}

function mixRows(to: Float32Array, { upper, lower }: HeldRows, weight: number): void {
  const rest = f32(1 - weight);
  for (let at = 0; at < upper.length; at++) to[at] = 2 * f32(f32(upper[at]! * rest) + f32(lower[at]! * weight));
}

function stretchRow(from: Float32Array, to: Float32Array, { first, second, weight }: ResizeTaps): void {
  for (let column = 0; column < weight.length; column++) {
    const [left, right] = [2 * first[column]!, 2 * second[column]!];
    const share = weight[column]!;
    const rest = f32(1 - share);
    to[2 * column] = f32(from[left]! * rest) + f32(from[right]! * share);
    to[2 * column + 1] = f32(from[left + 1]! * rest) + f32(from[right + 1]! * share);
  }
}
