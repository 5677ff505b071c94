import type { Dimension, Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add, matmul } from '../../graph/layer-operators.js';
import { concat, expand, reshape, scalar, transpose, unsqueeze } from '../../graph/shape-operators.js';
import {
  blockOf,
  crossQuery,
  type Decoder,
  decoderBlocks,
  embedCodes,
  headWeights,
  layersOf,
  packedProjection,
  sinusoids,
} from './decoder-parts.js';

const microsoft = 'com.microsoft';

/**
 * One step of both branches of guidance over keys and values that stay on the device. Those of self-attention lie in places that attention writes in
 * place: `present_keys_i` is to be the very buffer of `past_keys_i`, so a step copies nothing and allocates nothing but its activations.
 *
 * - `codes` [clips, codebooks], int64: one column of the delayed sequences; `position` [1], int64: which;
 * - `filled` [2 clips], int32: places in use before the step, the same for all rows; `length` [1], int32: places in use behind it;
 * - `keys_i`, `values_i` [clips, heads, tokens, head] and `null_keys_i`, `null_values_i` [1, heads, tokens, head] of the memory, resident;
 * - `past_keys_i`, `past_values_i` [2 clips, heads, places, head], resident, first the clips, then their null branches.
 *
 * Outputs `logits` [2 clips, codebooks, codes], not yet guided, and `present_keys_i`, `present_values_i`. A prompt is read one column a step.
 */
export function buildResidentStep(decoder: Decoder): Graph {
  const { codebooks, codebookSize, width } = decoder;
  const graph = createGraphBuilder('vidmuse-resident-step');
  const codes = graph.input('codes', 'int64', ['clips', codebooks]);
  const position = graph.input('position', 'int64', [1]);
  const filled = graph.input('filled', 'int32', ['rows']);
  const length = graph.input('length', 'int32', [1]);
  const embedded = add(graph, embedCodes(graph, codes, decoder), sinusoids(graph, position, width));
  const rows = unsqueeze(graph, concat(graph, [embedded, embedded], 0), [1]);
  const normed = decoderBlocks(graph, rows, {
    decoder,
    attention: {
      self: (x, layer) => selfAttention(graph, x, { decoder, layer, filled, length }),
      cross: (x, layer) => crossAttention(graph, x, { decoder, layer }),
    },
  });
  const logits = reshape(graph, matmul(graph, normed, headWeights(graph, decoder)), [-1, codebooks, codebookSize]);
  graph.output('logits', logits, { shape: ['rows', codebooks, codebookSize] });
  return graph.build();
}

/** Empty places for a window: `shape` [4], int64: 2 clips, heads, places, head → `keys_i`, `values_i` of that shape. What they hold is never read. */
export function buildResidentPlaces(decoder: Decoder): Graph {
  const graph = createGraphBuilder('vidmuse-resident-places');
  const shape = graph.input('shape', 'int64', [4]);
  for (const layer of layersOf(decoder)) {
    for (const [index, part] of ['keys', 'values'].entries()) {
      // Each its own number, so that no optimiser takes them for one.
      const places = expand(graph, scalar(graph, 2 * layer + index), shape);
      graph.output(`${part}_${layer}`, places, { shape: placesOf(decoder), resident: true });
    }
  }
  return graph.build();
}

function placesOf({ heads, width }: Decoder): Dimension[] {
  return ['rows', heads, 'places', width / heads];
}

interface LayerOf {
  readonly decoder: Decoder;
  readonly layer: number;
}

/** The operator of grouped queries, with groups of one: of those that WebGPU has, the one that writes keys and values in place. */
function selfAttention(
  graph: GraphBuilder,
  x: Value,
  { decoder, layer, filled, length }: LayerOf & { readonly filled: Value; readonly length: Value },
): Value {
  const { width, heads } = decoder;
  const packed = packedProjection(graph, x, { name: `${blockOf(layer)}.self_attn`, width });
  const shape = placesOf(decoder);
  const past = ['keys', 'values'].map((part) =>
    graph.input(`past_${part}_${layer}`, 'float32', shape, { resident: true }),
  );
  const inputs = [packed, undefined, undefined, ...past, filled, length];
  const attributes = { num_heads: { int: heads }, kv_num_heads: { int: heads } };
  const [mixed, keys, values] = graph.nodes('GroupQueryAttention', inputs, { domain: microsoft, attributes, count: 3 });
  graph.output(`present_keys_${layer}`, keys!, { shape, resident: true });
  graph.output(`present_values_${layer}`, values!, { shape, resident: true });
  return mixed!;
}

/** The clips look at their memory, row by row; the null rows, as the queries of one row, at the one memory of all. */
function crossAttention(graph: GraphBuilder, x: Value, { decoder: { width, heads }, layer }: LayerOf): Value {
  const split = { attributes: { axis: { int: 0 }, num_outputs: { int: 2 } }, count: 2 };
  const [ofClips, ofNull] = graph.nodes('Split', [crossQuery(graph, x, { layer, width })], split) as [Value, Value];
  const attend = (queries: Value, prefix: string, batch: Dimension): Value => {
    const shape = [batch, heads, `${prefix}tokens`, width / heads];
    const memory = ['keys', 'values'].map((part) =>
      graph.input(`${prefix}${part}_${layer}`, 'float32', shape, { resident: true }),
    );
    const attributes = { num_heads: { int: heads } };
    return graph.node('MultiHeadAttention', [queries, ...memory], { domain: microsoft, attributes });
  };
  const across = attend(transpose(graph, ofNull, [1, 0, 2]), 'null_', 1);
  return concat(graph, [attend(ofClips, '', 'clips'), transpose(graph, across, [1, 0, 2])], 0);
}
