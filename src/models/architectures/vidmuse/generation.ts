import { transposedRows } from '../../graph/fold.js';
import type { Graph, Value } from '../../graph/graph.js';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { matmul } from '../../graph/layer-operators.js';
import { concat, expand, integers, scalar, split, transpose } from '../../graph/shape-operators.js';
import type { Architecture } from '../architecture.js';
import { blockOf, type Decoder, layersOf, sharedByDecoders } from './decoder-parts.js';
import type { VidmuseDimensions } from './dimensions.js';
import { generationLoop, type LoopMemory, packedProjection } from './generation-loop.js';

const microsoft = 'com.microsoft';

/**
 * A window in one graph, for any provider: `memory` [clips, tokens, width] and `null_memory` [1, null tokens, width] besides the inputs of
 * `generationLoop`. Keys and values grow by one place a step, which copies them; the paged form does not.
 */
export const vidmuseGeneration: Architecture<VidmuseDimensions> = {
  ...sharedByDecoders,
  version: 1,
  id: 'vidmuse-generation',
  outputs: ({ decoder: { codebooks } }) => [
    { name: 'codes', columns: codebooks, summary: 'drawn, one row a step and clip' },
  ],
  probes: [],
  buildGraph: ({ decoder }) => buildGeneration(decoder),
  shortestInput: ({ decoder }) => ({
    ...shortestWindow(decoder),
    memory: { data: waves(decoder.width), dims: [1, 1, decoder.width] },
    null_memory: { data: waves(decoder.width), dims: [1, 1, decoder.width] },
  }),
};

/** One step of one clip, in which the likeliest codes are taken. */
export function shortestWindow({
  codebooks,
  codebookSize,
}: Decoder): ReturnType<typeof vidmuseGeneration.shortestInput> {
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

function buildGeneration(decoder: Decoder): Graph {
  return generationLoop({
    name: 'vidmuse-generation',
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
    const parts = [width, 2 * width].map((first) => {
      const weight = `${blockOf(layer)}.cross_attention.in_proj_weight`;
      return transposedRows(graph, weight, { shape: [3 * width, width], first, last: first + width });
    });
    const project = (x: Value): Value[] => parts.map((part) => matmul(graph, x, part));
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
export function crossAttention(
  graph: GraphBuilder,
  x: Value,
  { decoder: { width, heads }, layer, cond, uncond }: Seen,
): Value {
  const weight = `${blockOf(layer)}.cross_attention.in_proj_weight`;
  const query = matmul(graph, x, transposedRows(graph, weight, { shape: [3 * width, width], first: 0, last: width }));
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
