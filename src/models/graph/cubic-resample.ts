import type { Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';
import { add, multiply } from './layer-operators.js';
import { gather } from './shape-operators.js';

export interface CubicResampleOptions {
  readonly from: number;
  readonly to: number;
}

/** Keys' cubic convolution with a = -0.75, as PyTorch has it (UpSample.h, `get_cubic_upsample_coefficients`). */
const a = -0.75;

/**
 * [batch, from, columns] → [batch, to, columns] by `F.interpolate(mode='bicubic', align_corners=True)`: first and last rows stay. Positions
 * are rounded to float32 as there. Four gathers and a weighted sum: onnxruntime's own Resize goes pixel by pixel.
 */
export function cubicResample(graph: GraphBuilder, x: Value, { from, to }: CubicResampleOptions): Value {
  const taps = cubicTaps({ from, to });
  const parts = [0, 1, 2, 3].map((tap) => {
    const rows = BigInt64Array.from(taps, ({ first }) => BigInt(Math.min(from - 1, Math.max(0, first + tap))));
    const weights = graph.constant(
      Float32Array.from(taps, ({ weights }) => weights[tap]!),
      { shape: [to, 1] },
    );
    return multiply(graph, gather(graph, x, { indices: graph.constant(rows), axis: 1 }), weights);
  });
  return parts.reduce((sum, part) => add(graph, sum, part));
}

/** For each new row the first of its four old rows, which may lie outside, and their weights. */
export function cubicTaps({
  from,
  to,
}: CubicResampleOptions): { readonly first: number; readonly weights: readonly number[] }[] {
  const scale = Math.fround((from - 1) / (to - 1));
  return Array.from({ length: to }, (_, row) => {
    const position = Math.fround(scale * row);
    const below = Math.floor(position);
    const t = Math.fround(position - below);
    return { first: below - 1, weights: [outer(t + 1), inner(t), inner(1 - t), outer(2 - t)] };
  });
}

/** The kernel at distances up to 1. */
function inner(x: number): number {
  return ((a + 2) * x - (a + 3)) * x * x + 1;
}

/** The kernel at distances from 1 to 2. */
function outer(x: number): number {
  return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
}
