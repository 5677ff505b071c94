import type { Value } from '../../graph/graph.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { integers } from '../../graph/shape-operators.js';
import { normedWeight } from '../../graph/weight-norm.js';
import type { EncodecDimensions } from './dimensions.js';

export interface PaddedConvolution extends Pick<EncodecDimensions, 'padMode' | 'weightNorm'> {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
}

/** A convolution that keeps the length: what it lacks is put on both ends, one more on the left. */
export function paddedConvolution(graph: GraphBuilder, x: Value, options: PaddedConvolution): Value {
  const { name, from, to, kernel, padMode, weightNorm } = options;
  const right = Math.floor((kernel - 1) / 2);
  const pads = integers(graph, [0, 0, kernel - 1 - right, 0, 0, right]);
  const padded = kernel === 1 ? x : graph.node('Pad', [x, pads], { attributes: { mode: { text: padMode } } });
  const weight = normedWeight(graph, name, { shape: [to, from, kernel], spelling: weightNorm });
  return graph.node('Conv', [padded, weight, graph.weight(`${name}.bias`, [to])], {
    attributes: { kernel_shape: { ints: [kernel] } },
  });
}
