import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BenchError } from '../../../src/core/errors.js';
import { sha256Hex } from '../../../src/core/hash.js';
import type { Graph } from '../../../src/models/graph/graph.js';
import { createGraphBuilder } from '../../../src/models/graph/graph-builder.js';
import { inHalfPrecision } from '../../../src/models/graph/half-precision.js';
import { add, gemm, multiply, relu } from '../../../src/models/graph/layer-operators.js';
import { cast, scalar } from '../../../src/models/graph/shape-operators.js';
import { placeWeights } from '../../../src/models/graph/weight-places.js';
import { writeModel } from '../../../src/models/graph/write-model.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { memoryCheckpoint, waves } from '../../helpers/memory-checkpoint.js';
import { runGraph } from '../../helpers/run-graph.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-model-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fresh(name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}

const weights = { 'fc.weight': waves([3, 5]), 'fc.bias': waves([3], { phase: 1 }) };

/** relu(x W^T + b) * 2, with casts and a constant on the way. */
function small(): Graph {
  const graph = createGraphBuilder('small');
  const x = graph.input('x', 'float32', ['rows', 5]);
  const hidden = relu(graph, gemm(graph, x, { name: 'fc', inputs: 5, outputs: 3 }));
  const whole = cast(graph, cast(graph, hidden, 'int32'), 'float32');
  graph.output('y', multiply(graph, hidden, 2), { shape: ['rows', 3] });
  graph.output('whole', whole, { shape: ['rows', 3] });
  return graph.build();
}

describe('writeModel', () => {
  it('writes the same bytes again and tells their size and hash', async () => {
    const [first, second] = [await fresh('first'), await fresh('second')];
    const options = { checkpoint: memoryCheckpoint(weights), dtype: 'f32', metadata: { made: 'by a test' } } as const;
    const files = await writeModel(small(), first, options);
    expect(await writeModel(small(), second, options)).toEqual(files);
    for (const { name, bytes, sha256 } of files) {
      const written = await readFile(join(first, name));
      expect([written.length, sha256Hex(written)]).toEqual([bytes, sha256]);
      expect(written.equals(await readFile(join(second, name)))).toBe(true);
    }
    expect(files.map(({ name }) => name)).toEqual(['model.onnx', 'model.onnx.data']);
    // 15 floats, filled up to 64 bytes, and 3 more.
    expect(files[1]!.bytes).toBe(64 + 12);
  });

  it('reads a tensor that is taken as it is by parts', async () => {
    const count = (4 << 20) + 1000;
    const checkpoint = memoryCheckpoint({ long: waves([count]) });
    const graph = createGraphBuilder('long');
    graph.output('y', add(graph, graph.input('x', 'float32', [1]), graph.weight('long', [count])), { shape: [count] });
    const target = await fresh('long');
    const progress: number[][] = [];
    await writeModel(graph.build(), target, {
      checkpoint,
      dtype: 'f16',
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(checkpoint.reads.get('long')).toEqual([4 << 20, 1000]);
    expect((await stat(join(target, 'model.onnx.data'))).size).toBe(2 * count);
    expect(progress).toEqual([
      [2 * (4 << 20), 2 * count],
      [2 * count, 2 * count],
    ]);
  });

  it.each([
    [Number.NaN, 'f32', 'weights-not-finite'],
    [Number.NEGATIVE_INFINITY, 'f32', 'weights-not-finite'],
    [-65520, 'f16', 'weights-exceed-float16'],
    [-65519, 'f16', 'none'],
    [-65520, 'f32', 'none'],
  ] as const)('takes a weight of %d as %s: %s', async (value, dtype, code) => {
    const bias = { shape: [3], data: Float32Array.of(0, value, 0) };
    const target = await fresh(`range ${value} ${dtype}`);
    const checkpoint = memoryCheckpoint({ ...weights, 'fc.bias': bias });
    const writing = writeModel(small(), target, { checkpoint, dtype });
    const error = await writing.then(() => undefined).catch((thrown: unknown) => thrown);
    if (code === 'none') return expect(error).toBeUndefined();
    expect(error).toBeInstanceOf(BenchError);
    expect([(error as BenchError).code, (error as BenchError).fields.field]).toEqual([code, 'fc.bias']);
  });
});

describe('float16', () => {
  const x = waves([2, 5], { phase: 2, scale: 3 });

  it('computes in halves between float32 inputs and outputs', async () => {
    const exact = await runGraph(small(), { x }, { weights });
    const half = await runGraph(small(), { x }, { weights, dtype: 'f16' });
    expectAllClose(half.y!.data, exact.y!.data, { rtol: 2e-3, atol: 4e-3 });
    expect([...half.y!.data], 'rounded').not.toEqual([...exact.y!.data]);
    expect(half.whole!.data).toEqual(exact.whole!.data.map(Math.trunc));
  });

  it('keeps masks finite and constants that must be float32', () => {
    const graph = createGraphBuilder('masks');
    const input = graph.input('x', 'float32', [1, 1, 2, 2]);
    const scales = graph.constant(Float32Array.of(1, 1, 2, 2), { name: 'scales' });
    const mask = scalar(graph, -1e30);
    graph.output('y', add(graph, graph.node('Resize', [input, undefined, scales]), mask), { shape: [1, 1, 4, 4] });
    const { initializers } = inHalfPrecision(graph.build());
    const found = initializers.map((one) => (one.kind === 'constant' ? [one.type, ...one.data] : []));
    expect(found).toEqual([
      ['float32', 1, 1, 2, 2],
      ['float16', -65504],
    ]);
  });
});

describe('placeWeights', () => {
  it('aligns to 64 bytes, and tensors of a mebibyte or more to pages', () => {
    const weight = (name: string, shape: number[]) => ({ kind: 'weight', name, shape, sources: [] }) as const;
    const list = [weight('a', [3]), weight('b', [5, 5]), weight('c', [512, 512]), weight('d', [])];
    const { places, totalBytes } = placeWeights(list, 'f32');
    expect([...places.values()]).toEqual([
      { offset: 0, length: 12 },
      { offset: 64, length: 100 },
      { offset: 4096, length: 1 << 20 },
      { offset: 4096 + (1 << 20), length: 4 },
    ]);
    expect(totalBytes).toBe(4096 + (1 << 20) + 4);
    expect(placeWeights(list, 'f16').places.get('c')).toEqual({ offset: 128, length: 1 << 19 });
  });
});
