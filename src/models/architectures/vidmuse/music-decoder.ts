import { transposedRows } from '../../graph/fold.js';
import type { Dimension, Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add, linear, matmul, multiply, splitLinear } from '../../graph/layer-operators.js';
import { concat, gather, reshape, slice, squeeze, transpose, unsqueeze } from '../../graph/shape-operators.js';
import type { Architecture, BuildOptions } from '../architecture.js';
import { showProbes } from '../show-probes.js';
import { blockOf, type Decoder, decoderBlocks, layersOf, sharedByDecoders, sinusoids } from './decoder-parts.js';
import type { VidmuseDimensions } from './dimensions.js';

const microsoft = 'com.microsoft';

const shared = { version: 2, ...sharedByDecoders };

/**
 * Keys and values of every layer's cross-attention, computed once a window: `memory` [1, tokens, width] → `keys_0`, `values_0`, ... [1, heads,
 * tokens, width of a head].
 */
export const vidmuseDecoderMemory: Architecture<VidmuseDimensions> = {
  ...shared,
  id: 'vidmuse-decoder-memory',
  outputs: ({ decoder }) =>
    layersOf(decoder).flatMap((layer) =>
      ['keys', 'values'].map((part) => ({
        name: `${part}_${layer}`,
        columns: decoder.width / decoder.heads,
        summary: 'of cross-attention, one row a head and memory token',
      })),
    ),
  probes: [],
  buildGraph: buildMemory,
  shortestInput: ({ decoder: { width } }) => ({
    memory: { data: Float32Array.from({ length: width }, (_, index) => Math.sin(index)), dims: [1, 1, width] },
  }),
};

/**
 * The music token decoder: both branches of guidance in one batch, so that weights pass through memory once. With clips of one length of memory:
 *
 * - `codes` [clips, codebooks, steps], int64: columns of the delayed sequence, as many as are new; `positions` [steps], int64;
 * - `guidance` [1]: 3 of uncond + 3 (cond - uncond);
 * - `keys_i`, `values_i` [clips, heads, tokens, head] and `null_keys_i`, `null_values_i` [1, heads, tokens, head] of the memory;
 * - `past_keys_i`, `past_values_i` [2 clips, heads, past, head], first the clips, then their null branches.
 *
 * Outputs `logits` [clips, codebooks, codes] behind the last step and `present_keys_i`, `present_values_i`. Prefill is many steps with an empty
 * past; each step after it is one.
 */
export const vidmuseDecoder: Architecture<VidmuseDimensions> = {
  ...shared,
  id: 'vidmuse-decoder',
  outputs: ({ decoder: { codebookSize } }) => [
    { name: 'logits', columns: codebookSize, summary: 'guided, one row a codebook, behind the last step' },
  ],
  probes: ['logits_cond', 'logits_uncond', 'logits_cfg'],
  buildGraph: buildDecoder,
  shortestInput: ({ decoder }) => shortestStep(decoder),
};

function buildMemory({ decoder }: VidmuseDimensions): Graph {
  const { width, heads } = decoder;
  const graph = createGraphBuilder('vidmuse-decoder-memory');
  const memory = graph.input('memory', 'float32', ['clips', 'tokens', width]);
  const shape = ['clips', heads, 'tokens', width / heads];
  for (const layer of layersOf(decoder)) {
    for (const [name, first] of [
      ['keys', width],
      ['values', 2 * width],
    ] as const) {
      const weight = `${blockOf(layer)}.cross_attention.in_proj_weight`;
      const rows = transposedRows(graph, weight, { shape: [3 * width, width], first, last: first + width });
      const apart = reshape(graph, matmul(graph, memory, rows), [0, 0, heads, width / heads]);
      graph.output(`${name}_${layer}`, transpose(graph, apart, [0, 2, 1, 3]), { shape });
    }
  }
  return graph.build();
}

function buildDecoder({ decoder }: VidmuseDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, codebooks, codebookSize } = decoder;
  const graph = createGraphBuilder('vidmuse-decoder');
  const codes = graph.input('codes', 'int64', ['clips', codebooks, 'steps']);
  const positions = graph.input('positions', 'int64', ['steps']);
  const guidance = graph.input('guidance', 'float32', [1]);
  const embedded = add(graph, embed(graph, codes, decoder), sinusoids(graph, positions, width));
  const doubled = concat(graph, [embedded, embedded], 0);
  const normed = decoderBlocks(graph, doubled, {
    decoder,
    attention: {
      self: (x, layer) => selfAttention(graph, x, { ...decoder, layer }),
      cross: (x, layer) => crossAttention(graph, x, { ...decoder, layer }),
    },
  });
  // Generation needs the last step only; probes show all.
  const shown = wanted === undefined || wanted.length === 0 ? slice(graph, normed, { axis: 1, start: -1 }) : normed;
  const logits = logitsOf(graph, shown, decoder);
  const guided = guide(graph, logits, guidance);
  const last = squeeze(graph, slice(graph, guided, { axis: 2, start: -1 }), [2]);
  graph.output('logits', last, { shape: ['clips', codebooks, codebookSize] });
  const [cond, uncond] = halves(graph, logits);
  const sequence = ['clips', codebooks, 'steps', codebookSize];
  showProbes(graph, {
    wanted,
    probes: {
      logits_cond: { value: cond, shape: sequence },
      logits_uncond: { value: uncond, shape: sequence },
      logits_cfg: { value: guided, shape: sequence },
    },
  });
  return graph.build();
}

/** The sum of each codebook's vectors: [clips, codebooks, steps] → [clips, steps, width]. */
function embed(graph: GraphBuilder, codes: Value, { codebooks, codebookSize, width }: Decoder): Value {
  const vectors = Array.from({ length: codebooks }, (_, index) => {
    const indices = squeeze(graph, slice(graph, codes, { axis: 1, start: index, end: index + 1 }), [1]);
    return gather(graph, graph.weight(`emb.${index}.weight`, [codebookSize + 1, width]), { indices });
  });
  return vectors.reduce((sum, vector) => add(graph, sum, vector));
}

type Layer = Decoder & { readonly layer: number };

function selfAttention(graph: GraphBuilder, x: Value, { layer, width, heads }: Layer): Value {
  const name = `${blockOf(layer)}.self_attn`;
  const shape = (length: Dimension): Dimension[] => ['rows', heads, length, width / heads];
  const weight = { weight: `${name}.in_proj_weight`, inputs: width, widths: [width, width, width] };
  const [query, key, value] = splitLinear(graph, x, weight);
  const past = ['keys', 'values'].map((part) => graph.input(`past_${part}_${layer}`, 'float32', shape('past')));
  const inputs = [query, key, value, undefined, undefined, undefined, ...past];
  const attributes = { num_heads: { int: heads }, unidirectional: { int: 1 } };
  const [mixed, keys, values] = graph.nodes('MultiHeadAttention', inputs, { domain: microsoft, attributes, count: 3 });
  graph.output(`present_keys_${layer}`, keys!, { shape: shape('present') });
  graph.output(`present_values_${layer}`, values!, { shape: shape('present') });
  return mixed!;
}

/** The clips look at their memory, row by row; the null rows, one after the other as one row, at the one memory of all. */
function crossAttention(graph: GraphBuilder, x: Value, { layer, width, heads }: Layer): Value {
  const name = `${blockOf(layer)}.cross_attention`;
  const weight = `${name}.in_proj_weight`;
  const rows = transposedRows(graph, weight, { shape: [3 * width, width], first: 0, last: width });
  const [cond, uncond] = halves(graph, matmul(graph, x, rows));
  const attend = (query: Value, prefix: string, batch: Dimension): Value => {
    const inputs = ['keys', 'values'].map((part) =>
      graph.input(`${prefix}${part}_${layer}`, 'float32', [batch, heads, `${prefix}tokens`, width / heads]),
    );
    const attributes = { num_heads: { int: heads } };
    return graph.node('MultiHeadAttention', [query, ...inputs], { domain: microsoft, attributes });
  };
  const ofNull = attend(reshape(graph, uncond, [1, -1, width]), 'null_', 1);
  const likeCond = graph.node('Shape', [cond]);
  return concat(graph, [attend(cond, '', 'clips'), reshape(graph, ofNull, likeCond)], 0);
}

/** The first and second half of the rows. */
function halves(graph: GraphBuilder, x: Value): [Value, Value] {
  return graph.nodes('Split', [x], { attributes: { axis: { int: 0 }, num_outputs: { int: 2 } }, count: 2 }) as [
    Value,
    Value,
  ];
}

/** [rows, steps, width] → [rows, codebooks, steps, codes]. */
function logitsOf(graph: GraphBuilder, normed: Value, { codebooks, codebookSize, width }: Decoder): Value {
  const heads = Array.from({ length: codebooks }, (_, index) => {
    const layer = { name: `linears.${index}`, inputs: width, outputs: codebookSize, bias: false };
    return unsqueeze(graph, linear(graph, normed, layer), [1]);
  });
  return concat(graph, heads, 1);
}

/** uncond + (cond - uncond) guidance. */
function guide(graph: GraphBuilder, logits: Value, guidance: Value): Value {
  const [cond, uncond] = halves(graph, logits);
  return add(graph, uncond, multiply(graph, graph.node('Sub', [cond, uncond]), guidance));
}

/** One step of one clip with one token of memory and one of the past. */
function shortestStep(decoder: Decoder): ReturnType<Architecture<VidmuseDimensions>['shortestInput']> {
  const { width, heads, codebooks, codebookSize } = decoder;
  const rows = (count: number): { data: Float32Array; dims: number[] } => ({
    data: Float32Array.from({ length: count * width }, (_, index) => Math.sin(index)),
    dims: [count, heads, 1, width / heads],
  });
  const ofLayers = layersOf(decoder).flatMap((layer) =>
    ['keys', 'values'].flatMap((part) => [
      [`${part}_${layer}`, rows(1)],
      [`null_${part}_${layer}`, rows(1)],
      [`past_${part}_${layer}`, rows(2)],
    ]),
  );
  return {
    codes: { data: new BigInt64Array(codebooks).fill(BigInt(codebookSize)), dims: [1, codebooks, 1] },
    positions: { data: BigInt64Array.of(1n), dims: [1] },
    guidance: { data: Float32Array.of(decoder.guidance), dims: [1] },
    ...(Object.fromEntries(ofLayers) as Record<string, { data: Float32Array; dims: number[] }>),
  };
}
