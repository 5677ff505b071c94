import type { FloatType } from '../../graph/encode-model.js';
import type { Dimension, Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add, matmul, multiply } from '../../graph/layer-operators.js';
import { concat, reshape, slice, split, squeeze, transpose } from '../../graph/shape-operators.js';
import type { Architecture, BuildOptions, Companion } from '../architecture.js';
import { showProbes } from '../show-probes.js';
import {
  blockOf,
  crossQuery,
  type Decoder,
  decoderBlocks,
  embedCodes,
  headWeights,
  layersOf,
  packedProjection,
  sharedByDecoders,
  sinusoids,
} from './decoder-parts.js';
import type { VidmuseDimensions } from './dimensions.js';
import { buildMemory } from './memory-keys.js';
import { buildPagedWindow } from './paged-window.js';
import { buildResidentPlaces, buildResidentStep } from './resident-step.js';
import { buildWindow, shortestWindow, waves } from './window.js';

const microsoft = 'com.microsoft';

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
  ...sharedByDecoders,
  version: 1,
  id: 'vidmuse-decoder',
  outputs: ({ decoder: { codebookSize } }) => [
    { name: 'logits', columns: codebookSize, summary: 'guided, one row a codebook, behind the last step' },
  ],
  probes: ['logits_cond', 'logits_uncond', 'logits_cfg'],
  buildGraph: buildDecoder,
  companions: companionsOf,
  shortestInput: ({ decoder }) => shortestStep(decoder),
};

/**
 * The decoder's further graphs: keys and values of a memory; a whole window for any provider; a whole window for CUDA in float16; a step whose keys and
 * values stay on the device, with what it reads.
 */
export const decoderGraphs = {
  memory: 'memory',
  window: 'window',
  pagedWindow: 'paged-window',
  residentStep: 'resident-step',
  residentMemory: 'resident-memory',
  residentPlaces: 'resident-places',
} as const;

function companionsOf({ decoder }: VidmuseDimensions, dtype: FloatType): readonly Companion[] {
  const { width, heads, codebooks } = decoder;
  const memoryOutputs = layersOf(decoder).flatMap((layer) =>
    ['keys', 'values'].map((part) => ({ name: `${part}_${layer}`, columns: width / heads })),
  );
  const memory = { data: waves(width), dims: [1, 1, width] };
  const codes = [{ name: 'codes', columns: codebooks }];
  return [
    {
      name: decoderGraphs.memory,
      graph: buildMemory(decoder, {}),
      trial: { input: { memory }, outputs: memoryOutputs },
    },
    {
      name: decoderGraphs.window,
      graph: buildWindow(decoder),
      trial: { input: { ...shortestWindow(decoder), memory, null_memory: memory }, outputs: codes },
    },
    // For a GPU, so they are tried where they run.
    { name: decoderGraphs.residentStep, graph: buildResidentStep(decoder) },
    { name: decoderGraphs.residentMemory, graph: buildMemory(decoder, { resident: true }) },
    { name: decoderGraphs.residentPlaces, graph: buildResidentPlaces(decoder) },
    ...(dtype === 'f16' ? [{ name: decoderGraphs.pagedWindow, graph: buildPagedWindow(decoder) }] : []),
  ];
}

function buildDecoder({ decoder }: VidmuseDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, codebooks, codebookSize } = decoder;
  const graph = createGraphBuilder('vidmuse-decoder');
  const codes = graph.input('codes', 'int64', ['clips', codebooks, 'steps']);
  const positions = graph.input('positions', 'int64', ['steps']);
  const guidance = graph.input('guidance', 'float32', [1]);
  const vectors = embedCodes(graph, transpose(graph, codes, [0, 2, 1]), decoder);
  const embedded = add(graph, vectors, sinusoids(graph, positions, width));
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

type Layer = Decoder & { readonly layer: number };

function selfAttention(graph: GraphBuilder, x: Value, { layer, width, heads }: Layer): Value {
  const name = `${blockOf(layer)}.self_attn`;
  const shape = (length: Dimension): Dimension[] => ['rows', heads, length, width / heads];
  const packed = packedProjection(graph, x, { name, width });
  const [query, key, value] = split(graph, packed, { axis: 2, lengths: [width, width, width] });
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
  const [cond, uncond] = halves(graph, crossQuery(graph, x, { layer, width }));
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
function logitsOf(graph: GraphBuilder, normed: Value, decoder: Decoder): Value {
  const { codebooks, codebookSize } = decoder;
  const side = matmul(graph, normed, headWeights(graph, decoder));
  return transpose(graph, reshape(graph, side, [0, 0, codebooks, codebookSize]), [0, 2, 1, 3]);
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
