import { describe, expect, it } from 'vitest';
import { createGraphBuilder } from '../../../src/models/graph/graph-builder.js';
import {
  normedWeight,
  scaledToLastLengths,
  scaledToLengths,
  weightNormNames,
} from '../../../src/models/graph/weight-norm.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { waves } from '../../helpers/memory-checkpoint.js';
import { runGraph } from '../../helpers/run-graph.js';

const shape = [4, 3, 5];
const g = waves([4, 1, 1], { scale: 3 });
const v = waves(shape, { phase: 1 });

/** g v / |v| over all axes but the first. */
const expected = Array.from(v.data, (value, index) => {
  const part = Math.floor(index / 15);
  return (g.data[part]! * value) / Math.hypot(...v.data.subarray(15 * part, 15 * part + 15));
});

describe('weightNormNames', () => {
  it('are PyTorch’s old and new ones', () => {
    expect(weightNormNames('a.conv', 'weight-g-v')).toEqual({ g: 'a.conv.weight_g', v: 'a.conv.weight_v' });
    expect(weightNormNames('a.conv', 'parametrizations')).toEqual({
      g: 'a.conv.parametrizations.weight.original0',
      v: 'a.conv.parametrizations.weight.original1',
    });
  });
});

describe.each(['weight-g-v', 'parametrizations'] as const)('normedWeight spelled as %s', (spelling) => {
  it('is the direction brought to its length', async () => {
    const names = weightNormNames('conv', spelling);
    const graph = createGraphBuilder('norm');
    const x = graph.input('x', 'float32', shape);
    graph.output('y', graph.node('Mul', [x, normedWeight(graph, 'conv', { shape, spelling })]), { shape });
    const ones = { shape, data: new Float32Array(60).fill(1) };
    const { y } = await runGraph(graph.build(), { x: ones }, { weights: { [names.g]: g, [names.v]: v } });
    expectAllClose(y!.data, expected, { rtol: 1e-6 });
  });
});

describe('normedWeight over the last axis', () => {
  it('gives each place of it its length, as PyTorch does with dim=2', async () => {
    const lengths = waves([1, 1, 5], { scale: 2, phase: 3 });
    const place = (at: number): number[] => [...v.data].filter((_, index) => index % 5 === at);
    const scaled = Array.from(v.data, (value, at) => (lengths.data[at % 5]! * value) / Math.hypot(...place(at % 5)));
    const graph = createGraphBuilder('norm');
    const x = graph.input('x', 'float32', shape);
    const weight = normedWeight(graph, 'conv', { shape, spelling: 'weight-g-v', lengthsOf: 'last' });
    graph.output('y', graph.node('Mul', [x, weight]), { shape });
    const weights = { 'conv.weight_g': lengths, 'conv.weight_v': v };
    const { y } = await runGraph(graph.build(), { x: { shape, data: new Float32Array(60).fill(1) } }, { weights });
    expectAllClose(y!.data, scaled, { rtol: 1e-6 });
  });

  it('is exact for whole numbers', () => {
    const directions = Float32Array.of(3, 0, 4, -2);
    expect([...scaledToLastLengths(directions, Float32Array.of(10, 7))]).toEqual([6, 0, 8, -7]);
  });
});

describe('scaledToLengths', () => {
  it('gives each part its length', () => {
    const own = scaledToLengths(v.data, g.data);
    for (let part = 0; part < 4; part++)
      expect(Math.hypot(...own.subarray(15 * part, 15 * part + 15))).toBeCloseTo(Math.abs(g.data[part]!), 5);
  });

  it('is exact for whole numbers', () => {
    expect([...scaledToLengths(Float32Array.of(3, 4, 0, -2), Float32Array.of(10, 7))]).toEqual([6, 8, 0, -7]);
  });
});
