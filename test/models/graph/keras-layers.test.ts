import { describe, it } from 'vitest';
import { createGraphBuilder } from '../../../src/models/graph/graph-builder.js';
import { kerasBatchNormOfOne, kerasConvolution } from '../../../src/models/graph/keras-layers.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { type HeldTensor, waves } from '../../helpers/memory-checkpoint.js';
import { runGraph } from '../../helpers/run-graph.js';

const [height, width, inputs, outputs] = [5, 4, 2, 3];
const positive = (tensor: HeldTensor): HeldTensor => ({ ...tensor, data: tensor.data.map((value) => 1 + value / 2) });
const tensors = {
  'conv.kernel': waves([3, 5, inputs, outputs], { phase: 1 }),
  'conv.bias': waves([outputs], { phase: 2 }),
  'norm.gamma': waves([outputs], { phase: 3 }),
  'norm.beta': waves([outputs], { phase: 4 }),
  'norm.moving_mean': waves([outputs], { phase: 5 }),
  'norm.moving_variance': positive(waves([outputs], { phase: 6 })),
  'one.gamma': waves([1], { phase: 7 }),
  'one.beta': waves([1], { phase: 8 }),
  'one.moving_mean': waves([1], { phase: 9 }),
  'one.moving_variance': positive(waves([1], { phase: 10 })),
};
const x = waves([1, inputs, height, width], { phase: 11 }).data;

/** (v - mean) / sqrt(variance + 0.001) gamma + beta. */
function normed(value: number, norm: 'norm' | 'one', channel: number): number {
  const of = (part: string): number => (tensors as Record<string, HeldTensor>)[`${norm}.${part}`]!.data[channel]!;
  return ((value - of('moving_mean')) / Math.sqrt(of('moving_variance') + 1e-3)) * of('gamma') + of('beta');
}

/** The sum written out, zeros around the picture. */
function convolved(output: number, row: number, column: number): number {
  let sum = tensors['conv.bias'].data[output]!;
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 5; j++)
      for (let input = 0; input < inputs; input++) {
        const [y, z] = [row + i - 1, column + j - 2];
        if (y < 0 || y >= height || z < 0 || z >= width) continue;
        const weight = tensors['conv.kernel'].data[((i * 5 + j) * inputs + input) * outputs + output]!;
        sum += weight * x[(input * height + y) * width + z]!;
      }
  return sum;
}

describe('kerasConvolution', () => {
  it.each([undefined, 'norm' as const])('is the sum written out, norm behind it: %s', async (norm) => {
    const graph = createGraphBuilder('test');
    const input = graph.input('x', 'float32', ['batch', inputs, height, width]);
    const options = { name: 'conv', inputs, outputs, kernel: [3, 5] as const, ...(norm === undefined ? {} : { norm }) };
    graph.output('y', kerasConvolution(graph, input, options), { shape: ['batch', outputs, height, width] });
    const { y } = await runGraph(
      graph.build(),
      { x: { data: x, dims: [1, inputs, height, width] } },
      { weights: tensors },
    );
    const expected = Float64Array.from({ length: outputs * height * width }, (_, cell) => {
      const output = Math.floor(cell / (height * width));
      const value = convolved(output, Math.floor(cell / width) % height, cell % width);
      return norm === undefined ? value : normed(value, norm, output);
    });
    expectAllClose(y!.data, expected, { rtol: 1e-5, atol: 1e-5 });
  });
});

describe('kerasBatchNormOfOne', () => {
  it('norms every value alike', async () => {
    const graph = createGraphBuilder('test');
    const input = graph.input('x', 'float32', ['batch', 'values']);
    graph.output('y', kerasBatchNormOfOne(graph, input, 'one'), { shape: ['batch', 'values'] });
    const { y } = await runGraph(graph.build(), { x: { data: x, dims: [1, x.length] } }, { weights: tensors });
    expectAllClose(
      y!.data,
      x.map((value) => normed(value, 'one', 0)),
      { atol: 1e-6 },
    );
  });
});
