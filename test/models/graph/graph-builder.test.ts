import { describe, expect, it } from 'vitest';
import { createGraphBuilder } from '../../../src/models/graph/graph-builder.js';
import { loop } from '../../../src/models/graph/loop.js';
import { integers, reshape, scalar } from '../../../src/models/graph/shape-operators.js';
import { runGraph } from '../../helpers/run-graph.js';

describe('createGraphBuilder', () => {
  it('refuses a name that is used twice, in whatever role', () => {
    const graph = createGraphBuilder('g');
    const x = graph.input('x', 'float32', [1]);
    expect(() => graph.input('x', 'float32', [1])).toThrow('the name x is used twice');
    expect(() => graph.weight('x', [1])).toThrow('the name x is used twice');
    expect(() => graph.node('Relu', [x], { name: 'x' })).toThrow('the name x is used twice');
    graph.output('y', graph.node('Relu', [x]), { shape: [1] });
    expect(() => graph.output('y', x, { shape: [1] })).toThrow('the name y is used twice');
  });

  it('refuses a value of another graph, and a graph without outputs', () => {
    const other = createGraphBuilder('other').input('foreign', 'float32', [1]);
    const graph = createGraphBuilder('g');
    expect(() => graph.node('Relu', [other], { name: 'activation' })).toThrow('activation uses foreign');
    expect(() => graph.build()).toThrow('needs an output');
  });

  it('stores equal short constants and tied weights once', () => {
    const graph = createGraphBuilder('g');
    expect(integers(graph, [1, 2])).toEqual(integers(graph, [1, 2]));
    expect(integers(graph, [1])).not.toEqual(graph.constant(Int32Array.of(1)));
    expect(scalar(graph, 0)).not.toEqual(scalar(graph, -0));
    expect(scalar(graph, 1)).not.toEqual(graph.constant(Float32Array.of(1)));
    expect(graph.weight('w', [2, 3])).toEqual(graph.weight('w', [2, 3]));
    expect(() => graph.weight('w', [3, 2])).toThrow('w is asked for as [3,2] and as [2,3]');
    expect(() => graph.constant(Float32Array.of(1, 2), { shape: [3] })).toThrow('needs 3 values, got 2');
  });

  it('leaves out what no output needs', () => {
    const graph = createGraphBuilder('g');
    const x = graph.input('x', 'float32', [1]);
    graph.node('Add', [x, graph.weight('unused', [1])]);
    graph.output('y', graph.node('Add', [x, graph.weight('used', [1])]), { shape: [1] });
    const built = graph.build();
    expect(built.nodes.map(({ operator }) => operator)).toEqual(['Add']);
    expect(built.initializers.map(({ name }) => name)).toEqual(['used']);
  });

  it('shows values under the names of outputs, copying only inputs and what is shown twice', async () => {
    const graph = createGraphBuilder('g');
    const x = graph.input('x', 'float32', [2]);
    const y = graph.node('Neg', [x]);
    graph.output('same', x, { shape: [2] });
    graph.output('negative', y, { shape: [2] });
    graph.output('again', y, { shape: [2] });
    graph.output('twice', graph.node('Add', [y, y], { name: 'twice' }), { shape: [2] });
    const built = graph.build();
    expect(built.nodes.map(({ operator }) => operator)).toEqual(['Neg', 'Add', 'Identity', 'Identity']);
    const results = await runGraph(built, { x: { data: Float32Array.of(1, -2), dims: [2] } });
    const values = Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, [...data]]));
    expect(values).toEqual({ same: [1, -2], negative: [-1, 2], again: [-1, 2], twice: [-2, 4] });
  });

  it('drops trailing optional inputs that are left out and keeps the place of others', () => {
    const graph = createGraphBuilder('g');
    const x = graph.input('x', 'float32', [1]);
    graph.output('y', graph.node('Clip', [x, undefined, scalar(graph, 1)]), { shape: [1] });
    graph.output('z', graph.node('Clip', [x, undefined, undefined]), { shape: [1] });
    const [first, second] = graph.build().nodes;
    expect(first!.inputs).toEqual(['x', '', 'constant_0']);
    expect(second!.inputs).toEqual(['x']);
  });
});

describe('loop', () => {
  /** Powers of a weight until they pass `limit`, the exponent counted along: state, condition, collection and outer values. */
  function powers(limit: number): ReturnType<ReturnType<typeof createGraphBuilder>['build']> {
    const graph = createGraphBuilder('powers');
    const start = graph.input('start', 'float32', [1]);
    const { states, collected } = loop(graph, {
      turns: graph.constant(BigInt64Array.of(8n), { shape: [] }),
      states: [{ initial: start, type: 'float32', shape: [1] }],
      collected: [{ type: 'float32', shape: [1] }],
      body: (body, _turn, [before]) => {
        const after = body.node('Mul', [before!, body.weight('base', [1])]);
        const below = reshape(body, body.node('Less', [after, scalar(body, limit)]), []);
        return { continues: below, states: [after], collected: [after] };
      },
    });
    graph.output('last', states[0]!, { shape: [1] });
    graph.output('all', collected[0]!, { shape: ['turns', 1] });
    return graph.build();
  }

  it.each(['f32', 'f16'] as const)('runs until its condition or its turns end (%s)', async (dtype) => {
    const weights = { base: { shape: [1], data: Float32Array.of(3) } };
    const start = { data: Float32Array.of(1), dims: [1] };
    const stopped = await runGraph(powers(50), { start }, { weights, dtype });
    expect([[...stopped.last!.data], [...stopped.all!.data]]).toEqual([[81], [3, 9, 27, 81]]);
    const full = await runGraph(powers(60000), { start: { ...start, data: Float32Array.of(0.5) } }, { weights, dtype });
    expect(full.all!.dims).toEqual([8, 1]);
    // In float16 the state is rounded in each turn: 1093.5 becomes 1094.
    expect([...full.last!.data]).toEqual([dtype === 'f32' ? 3280.5 : 3282]);
  });
});
