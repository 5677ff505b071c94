import type { Graph, Value } from '../../graph/graph.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { matmul } from '../../graph/layer-operators.js';
import { concat, expand, integers, scalar, split, transpose } from '../../graph/shape-operators.js';
import type { InputData, TensorData } from '../../session.js';
import { blockOf, crossQuery, type Decoder, layersOf, memoryWeights, packedProjection } from './decoder-parts.js';
import { type LoopMemory, windowLoop } from './window-loop.js';

const microsoft = 'com.microsoft';

/** One step of one clip, in which the likeliest codes are taken. */
export function shortestWindow({ codebooks, codebookSize }: Decoder): Readonly<Record<string, TensorData<InputData>>> {
  const dims = [2, 1, codebooks];
  return {
    given: { data: new BigInt64Array(2 * codebooks).fill(BigInt(codebookSize)), dims },
    known: { data: new BigInt64Array(2 * codebooks), dims },
    uniform: { data: new Float64Array(2 * codebooks), dims },
    guidance: { data: Float64Array.of(3), dims: [1] },
    temperature: { data: Float64Array.of(1), dims: [1] },
    candidates: { data: BigInt64Array.of(1n), dims: [1] },
    rank: { data: BigInt64Array.of(1n), dims: [1] },
    share: { data: Float64Array.of(1), dims: [1] },
  };
}

export function waves(length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => Math.sin(index));
}

/**
 * A window in one graph, for any provider: `memory` [clips, tokens, width] and `null_memory` [1, null tokens, width] besides the inputs of
 * `windowLoop`. Keys and values grow by one place a step, which copies them; the paged form does not.
 */
export function buildWindow(decoder: Decoder): Graph {
  return windowLoop({
    name: 'vidmuse-window',
    decoder,
    memory: (graph, clips) => joinedMemory(graph, { clips, decoder }),
    hasStepAxis: true,
  });
}

/** Keys and values of self-attention as states that grow; those of the memories beside the loop. */
function joinedMemory(
  graph: GraphBuilder,
  { clips, decoder }: { readonly clips: Value; readonly decoder: Decoder },
): LoopMemory {
  const { width, heads } = decoder;
  const head = width / heads;
  const memory = graph.input('memory', 'float32', ['clips', 'tokens', width]);
  const nullMemory = graph.input('null_memory', 'float32', [1, 'null_tokens', width]);
  const seen = layersOf(decoder).map((layer) => {
    const { keys, values } = memoryWeights(graph, { layer, width });
    const project = (x: Value): Value[] => [matmul(graph, x, keys), matmul(graph, x, values)];
    return { cond: project(memory), uncond: project(nullMemory) };
  });
  const rows = graph.node('Mul', [clips, integers(graph, [2])]);
  const initial = expand(graph, scalar(graph, 0), concat(graph, [rows, integers(graph, [heads, 0, head])], 0));
  const state = { initial, type: 'float32', shape: ['rows', heads, 'past', head] } as const;
  return {
    states: layersOf(decoder).flatMap(() => [state, state]),
    step: (body, states) => {
      const after: Value[] = [];
      return {
        after: () => after,
        self: (x, layer) => {
          const packed = packedProjection(body, x, { name: `${blockOf(layer)}.self_attn`, width });
          const parts = split(body, packed, { axis: 2, lengths: [width, width, width] });
          const inputs = [...parts, undefined, undefined, undefined, states[2 * layer], states[2 * layer + 1]];
          const options = { domain: microsoft, attributes: { num_heads: { int: heads } }, count: 3 };
          const [mixed, keys, values] = body.nodes('MultiHeadAttention', inputs, options);
          after.push(keys!, values!);
          return mixed!;
        },
        cross: (x, layer) => crossAttention(body, x, { decoder, layer, ...seen[layer]! }),
      };
    },
  };
}

interface Seen {
  readonly decoder: Decoder;
  readonly layer: number;
  /** Keys and values of the clips, [clips, tokens, width], and of the null branch. */
  readonly cond: readonly Value[];
  readonly uncond: readonly Value[];
}

/** The clips look at their memory, row by row; the null rows, as the queries of one row, at the one memory of all. */
function crossAttention(
  graph: GraphBuilder,
  x: Value,
  { decoder: { width, heads }, layer, cond, uncond }: Seen,
): Value {
  const query = crossQuery(graph, x, { layer, width });
  const options = { attributes: { axis: { int: 0 }, num_outputs: { int: 2 } }, count: 2 };
  const [ofClips, ofNull] = graph.nodes('Split', [query], options) as [Value, Value];
  const attend = (queries: Value, memory: readonly Value[]): Value =>
    graph.node('MultiHeadAttention', [queries, ...memory], {
      domain: microsoft,
      attributes: { num_heads: { int: heads } },
    });
  const across = attend(transpose(graph, ofNull, [1, 0, 2]), uncond);
  return concat(graph, [attend(ofClips, cond), transpose(graph, across, [1, 0, 2])], 0);
}
