import { describe, expect, it } from 'vitest';
import { attention, attentionByParts } from '../../../src/models/graph/attention.js';
import type { Dimension, Value } from '../../../src/models/graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../../src/models/graph/graph-builder.js';
import {
  batchNorm,
  convolution,
  gelu,
  gemm,
  layerNorm,
  linear,
  linearGelu,
  quickGelu,
  skipLayerNorm,
  splitLinear,
  unitLength,
} from '../../../src/models/graph/layer-operators.js';
import { concat, gather, slice, split, transpose, unsqueeze } from '../../../src/models/graph/shape-operators.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { type HeldTensor, waves } from '../../helpers/memory-checkpoint.js';
import { runGraph } from '../../helpers/run-graph.js';

interface Case {
  readonly x: HeldTensor;
  readonly weights?: Readonly<Record<string, HeldTensor>>;
  readonly shape: readonly Dimension[];
  readonly write: (graph: GraphBuilder, x: Value) => Value;
}

/** What onnxruntime makes of a network of these operators. */
async function valuesOf({ x, weights = {}, shape, write }: Case): Promise<Float32Array> {
  const graph = createGraphBuilder('test');
  graph.output('y', write(graph, graph.input('x', 'float32', x.shape)), { shape });
  return (await runGraph(graph.build(), { x }, { weights })).y!.data;
}

const close = { rtol: 1e-5, atol: 2e-6 };

/** x W^T + b by definition; x is [rows, inputs]. */
function dense(x: Float32Array, weight: HeldTensor, bias: HeldTensor): number[] {
  const [outputs, inputs] = weight.shape as [number, number];
  return Array.from({ length: (x.length / inputs) * outputs }, (_, cell) => {
    const [row, output] = [Math.floor(cell / outputs), cell % outputs];
    let sum = bias.data[output]!;
    for (let i = 0; i < inputs; i++) sum += x[row * inputs + i]! * weight.data[output * inputs + i]!;
    return sum;
  });
}

/** The error function by its series, good to 1e-15 for |x| < 4. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const exactGelu = (x: number): number => (x / 2) * (1 + erf(x / Math.SQRT2));

describe('linear and gemm', () => {
  const x = waves([2, 3, 37]);
  const weights = { 'fc.weight': waves([5, 37], { phase: 1 }), 'fc.bias': waves([5], { phase: 2 }) };
  const layer = { name: 'fc', inputs: 37, outputs: 5 };
  const expected = dense(x.data, weights['fc.weight'], weights['fc.bias']);

  it('are x W^T + b', async () => {
    const shape = [2, 3, 5];
    expectAllClose(await valuesOf({ x, weights, shape, write: (g, v) => linear(g, v, layer) }), expected, close);
    const rows = { ...x, shape: [6, 37] };
    const write: Case['write'] = (g, v) => gemm(g, v, layer);
    expectAllClose(await valuesOf({ x: rows, weights, shape: [6, 5], write }), expected, close);
  });

  it('split one layer into several results', async () => {
    const options = { weight: 'fc.weight', bias: 'fc.bias', inputs: 37, widths: [2, 3] };
    const write: Case['write'] = (g, v) => concat(g, splitLinear(g, v, options), 2);
    expectAllClose(await valuesOf({ x, weights, shape: [2, 3, 5], write }), expected, close);
  });

  it('take the Gelu in', async () => {
    const write: Case['write'] = (g, v) => linearGelu(g, v, layer);
    expectAllClose(await valuesOf({ x, weights, shape: [2, 3, 5], write }), expected.map(exactGelu), close);
  });
});

describe('activations', () => {
  const x = { shape: [13], data: Float32Array.from({ length: 13 }, (_, index) => (index - 6) / 2) };

  it('are the exact and the quick Gelu', async () => {
    const exact = await valuesOf({ x, shape: [13], write: gelu });
    expectAllClose(exact, Array.from(x.data, exactGelu), close);
    const quick = await valuesOf({ x, shape: [13], write: quickGelu });
    expectAllClose(
      quick,
      Array.from(x.data, (value) => value / (1 + Math.exp(-1.702 * value))),
      close,
    );
  });
});

describe('convolution with a batch norm folded in', () => {
  const norm = {
    'bn.weight': waves([4], { phase: 3 }),
    'bn.bias': waves([4], { phase: 4 }),
    'bn.running_mean': waves([4], { phase: 5 }),
    'bn.running_var': { shape: [4], data: Float32Array.of(0.5, 2, 1e-7, 30) },
  };
  const weights = { 'conv.weight': waves([4, 3, 3, 2], { phase: 1 }), 'conv.bias': waves([4], { phase: 2 }), ...norm };
  const sizes = { name: 'conv', inputs: 3, outputs: 4, kernel: [3, 2], strides: [2, 1], padding: [1, 0] };
  const x = waves([2, 3, 7, 5]);

  it.each([true, false])('is the batch norm of the convolution (bias: %s)', async (bias) => {
    const write: Case['write'] = (g, v) => {
      const plain = convolution(g, v, { ...sizes, bias });
      const last = transpose(g, plain, [0, 2, 3, 1]);
      return transpose(g, batchNorm(g, last, { name: 'bn', channels: 4 }), [0, 3, 1, 2]);
    };
    const folded: Case['write'] = (g, v) => convolution(g, v, { ...sizes, bias, norm: { name: 'bn' } });
    const shape = [2, 4, 4, 4];
    const expected = await valuesOf({ x, weights, shape, write });
    expectAllClose(await valuesOf({ x, weights, shape, write: folded }), expected, { rtol: 1e-4, atol: 1e-4 });
  });

  it('scales and shifts by the formula', async () => {
    const cells = waves([5, 4]);
    const expected = Array.from(cells.data, (value, index) => {
      const [weight, shift, mean, variance] = Object.values(norm).map(({ data }) => data[index % 4]!);
      return ((value - mean!) / Math.sqrt(variance! + 1e-3)) * weight! + shift!;
    });
    const write: Case['write'] = (g, v) => batchNorm(g, v, { name: 'bn', channels: 4, epsilon: 1e-3 });
    expectAllClose(await valuesOf({ x: cells, weights: norm, shape: [5, 4], write }), expected, close);
  });
});

describe('layer norms', () => {
  const weights = {
    'ln.weight': waves([8], { phase: 1 }),
    'ln.bias': waves([8], { phase: 2 }),
    bias: waves([8], { phase: 3 }),
  };
  const normed = (row: readonly number[]): number[] => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return row.map((value, i) => {
      return (
        ((value - mean) / Math.sqrt(variance + 1e-6)) * weights['ln.weight'].data[i]! + weights['ln.bias'].data[i]!
      );
    });
  };
  const rowsOf = (data: ArrayLike<number>): number[][] =>
    Array.from({ length: data.length / 8 }, (_, row) => Array.from(data).slice(row * 8, row * 8 + 8));
  const options = { name: 'ln', width: 8, epsilon: 1e-6 };
  const x = waves([1, 6, 8]);

  it('follow the formula', async () => {
    const write: Case['write'] = (g, v) => layerNorm(g, v, options);
    expectAllClose(await valuesOf({ x, weights, shape: x.shape, write }), rowsOf(x.data).flatMap(normed), close);
  });

  it('add the skipped branch and the bias on the way, and show the sum', async () => {
    const write: Case['write'] = (g, v) => {
      const skip = g.node('Neg', [g.node('Mul', [v, v])]);
      const { sum, normed: result } = skipLayerNorm(g, v, { ...options, skip, bias: g.weight('bias', [8]) });
      return concat(g, [sum, result], 0);
    };
    const sums = Array.from(x.data, (value, i) => value - value * value + weights.bias.data[i % 8]!);
    const got = await valuesOf({ x, weights, shape: [2, 6, 8], write });
    expectAllClose(got, [...sums, ...rowsOf(sums).flatMap(normed)], close);
  });

  it('make rows of length 1, and leave a row of zeros', async () => {
    const rows = { shape: [2, 2], data: Float32Array.of(3, -4, 0, 0) };
    const got = await valuesOf({ x: rows, shape: [2, 2], write: unitLength });
    expectAllClose(got, [0.6, -0.8, 0, 0], close);
  });
});

describe('attention', () => {
  const [batch, length, heads, headWidth] = [2, 5, 3, 4];
  const width = heads * headWidth;
  const x = waves([batch, length, 3 * width], { scale: 2 });
  const bias = waves([1, heads, length, length], { phase: 7 });

  /** softmax(Q K^T scale + bias) V by definition. */
  function expected(scoreBias: (head: number, query: number, key: number) => number): number[] {
    const cell = (b: number, t: number, part: number, h: number, i: number): number =>
      x.data[(b * length + t) * 3 * width + part * width + h * headWidth + i]!;
    const result: number[] = [];
    for (let b = 0; b < batch; b++)
      for (let t = 0; t < length; t++)
        for (let h = 0; h < heads; h++) {
          const scores = Array.from({ length }, (_, key) => {
            let dot = 0;
            for (let i = 0; i < headWidth; i++) dot += cell(b, t, 0, h, i) * cell(b, key, 1, h, i);
            return Math.exp(dot / Math.sqrt(headWidth) + scoreBias(h, t, key));
          });
          const total = scores.reduce((sum, score) => sum + score, 0);
          for (let i = 0; i < headWidth; i++)
            result.push(scores.reduce((sum, score, key) => sum + (score / total) * cell(b, key, 2, h, i), 0));
        }
    return result;
  }

  const run = (write: (g: GraphBuilder, parts: Value[]) => Value): Promise<Float32Array> => {
    const shape = [batch, length, width];
    const lengths = [width, width, width];
    return valuesOf({ x, weights: { bias }, shape, write: (g, v) => write(g, split(g, v, { axis: 2, lengths })) });
  };
  const sizes = { heads, headWidth };

  it.each([
    ['fused', attention],
    ['by parts', attentionByParts],
  ] as const)('is the formula: %s', async (_, form) => {
    const plain = await run((g, [query, key, value]) => form(g, { query: query!, key: key!, value: value!, ...sizes }));
    expectAllClose(
      plain,
      expected(() => 0),
      close,
    );
    const biased = await run((g, [query, key, value]) =>
      form(g, { query: query!, key: key!, value: value!, bias: g.weight('bias', bias.shape), ...sizes }),
    );
    const at = (h: number, t: number, key: number): number => bias.data[(h * length + t) * length + key]!;
    expectAllClose(biased, expected(at), close);
  });

  it('sees nothing that comes later if causal', async () => {
    const got = await run((g, [query, key, value]) =>
      attention(g, { query: query!, key: key!, value: value!, causal: true, ...sizes }),
    );
    expectAllClose(
      got,
      expected((_, t, key) => (key > t ? Number.NEGATIVE_INFINITY : 0)),
      close,
    );
  });
});

describe('shape operators', () => {
  const x = { shape: [3, 4], data: Float32Array.from({ length: 12 }, (_, index) => index) };

  it('slice, split, gather and join', async () => {
    const cases: readonly [Case['write'], number[], number[]][] = [
      [(g, v) => slice(g, v, { axis: 1, start: 1, end: 3 }), [3, 2], [1, 2, 5, 6, 9, 10]],
      [(g, v) => slice(g, v, { axis: 0, start: -1 }), [1, 4], [8, 9, 10, 11]],
      [(g, v) => slice(g, v, { axis: 1, start: 0, step: 3 }), [3, 2], [0, 3, 4, 7, 8, 11]],
      [(g, v) => split(g, v, { axis: 1, lengths: [1, 3] })[0]!, [3, 1], [0, 4, 8]],
      [(g, v) => gather(g, v, { indices: 2 }), [4], [8, 9, 10, 11]],
      [(g, v) => gather(g, v, { indices: g.constant(BigInt64Array.of(3n, 0n)), axis: 1 }), [3, 2], [3, 0, 7, 4, 11, 8]],
      [(g, v) => unsqueeze(g, concat(g, [v, v], 1), [0]), [1, 3, 8], [0, 1, 2, 3, 0, 1, 2, 3, 4, 5]],
    ];
    for (const [write, shape, expected] of cases) {
      const got = await valuesOf({ x, shape, write });
      expect([...got.slice(0, expected.length)]).toEqual(expected);
      expect(got.length).toBe(shape.reduce((product, size) => product * size, 1));
    }
  });
});
