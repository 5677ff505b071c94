import { describe, expect, it } from 'vitest';
import { createGraphBuilder } from '../../../src/models/graph/graph-builder.js';
import { postNormBlock } from '../../../src/models/graph/post-norm-block.js';
import { sourcesOf } from '../../../src/models/import/check-tensors.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { type HeldTensor, waves } from '../../helpers/memory-checkpoint.js';
import { runGraph } from '../../helpers/run-graph.js';

const [length, width, hiddenWidth, heads] = [3, 8, 12, 2];
const names = {
  ...{ query: 'q', key: 'k', value: 'v', attentionOutput: 'o', attentionNorm: 'an' },
  ...{ hidden: 'h', hiddenOutput: 'ho', hiddenNorm: 'hn' },
};
const builder = createGraphBuilder('block');
const input = builder.input('x', 'float32', ['batch', 'length', width]);
const output = postNormBlock(builder, input, { names, width, hiddenWidth, heads });
builder.output('y', output, { shape: ['batch', 'length', width] });
const graph = builder.build();
const weights: Record<string, HeldTensor> = Object.fromEntries(
  [...sourcesOf(graph)].map(([name, shape], phase) => [name, waves(shape, { phase })]),
);

type Rows = readonly (readonly number[])[];
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, index) => sum + x * b[index]!, 0);
const tensor = (name: string): readonly number[] => [...weights[name]!.data];

function linear(rows: Rows, name: string): Rows {
  const [outputs, inputs] = weights[`${name}.weight`]!.shape as [number, number];
  const weight = tensor(`${name}.weight`);
  const bias = tensor(`${name}.bias`);
  const row = (place: number): readonly number[] => weight.slice(place * inputs, (place + 1) * inputs);
  return rows.map((x) => Array.from({ length: outputs }, (_, place) => dot(x, row(place)) + bias[place]!));
}

function normedSum(a: Rows, b: Rows, name: string): Rows {
  const [gain, offset] = [tensor(`${name}.weight`), tensor(`${name}.bias`)];
  return a.map((row, at) => {
    const sum = row.map((x, index) => x + b[at]![index]!);
    const mean = sum.reduce((total, x) => total + x, 0) / width;
    const variance = sum.reduce((total, x) => total + (x - mean) ** 2, 0) / width;
    return sum.map((x, index) => ((x - mean) / Math.sqrt(variance + 1e-5)) * gain[index]! + offset[index]!);
  });
}

function attended(rows: Rows): Rows {
  const [query, key, value] = [linear(rows, 'q'), linear(rows, 'k'), linear(rows, 'v')];
  const size = width / heads;
  const part = (row: readonly number[], head: number): readonly number[] => row.slice(head * size, (head + 1) * size);
  return query.map((own) =>
    Array.from({ length: heads }, (_, head) => {
      const scores = key.map((other) => Math.exp(dot(part(own, head), part(other, head)) / Math.sqrt(size)));
      const total = scores.reduce((sum, x) => sum + x, 0);
      return Array.from({ length: size }, (_, at) =>
        value.reduce((sum, other, place) => sum + (scores[place]! / total) * part(other, head)[at]!, 0),
      );
    }).flat(),
  );
}

/** x Φ(x); Φ by the series of the error function, which converges fast enough for |x| < 6. */
function gelu(x: number): number {
  let [term, sum] = [x / Math.sqrt(2), x / Math.sqrt(2)];
  for (let n = 1; n < 120; n++) {
    term *= -(x * x) / 2 / n;
    sum += term / (2 * n + 1);
  }
  return x * (0.5 + sum / Math.sqrt(Math.PI));
}

describe('postNormBlock', () => {
  it('is norm(x + attention(x)), then norm(x + MLP(x))', async () => {
    const x = waves([1, length, width], { phase: 50 });
    const rows = Array.from({ length }, (_, row) => [...x.data.subarray(row * width, (row + 1) * width)]);
    const middle = normedSum(rows, linear(attended(rows), 'o'), 'an');
    const hidden = linear(middle, 'h').map((row) => row.map(gelu));
    const { y } = await runGraph(graph, { x }, { weights });
    expectAllClose(y!.data, normedSum(middle, linear(hidden, 'ho'), 'hn').flat(), { rtol: 1e-5, atol: 1e-5 });
    expect(y!.dims).toEqual([1, length, width]);
  });
});
