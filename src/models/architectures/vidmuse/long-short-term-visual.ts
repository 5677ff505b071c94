import { attention } from '../../graph/attention.js';
import type { Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add, linear, skipLayerNorm } from '../../graph/layer-operators.js';
import { type BlockNames, preNormBlocks } from '../../graph/pre-norm-blocks.js';
import { reshape } from '../../graph/shape-operators.js';
import type { Architecture, BuildOptions } from '../architecture.js';
import { showProbes } from '../show-probes.js';
import {
  describeVidmuse,
  isVidmuseTensor,
  recogniseOtherThanVidmuse,
  type VidmuseDimensions,
  vidmuseAnchor,
  vidmusePrefixes,
} from './dimensions.js';

const fusion = 'multi_head_cross_attention';
const fusionHeads = 3;

const shared = {
  version: 1,
  source:
    'Tian et al. 2025 (arXiv:2406.04321); VidMuse 1e9296e, audiocraft/models/lm.py:126-184,277-295,341-387 and transformer_module.py',
  prefixes: vidmusePrefixes,
  anchor: vidmuseAnchor,
  recogniseOther: recogniseOtherThanVidmuse,
  describe: describeVidmuse,
  isUnused: isVidmuseTensor,
};

/**
 * The long-term branch, computed once a video: `states` [frames, 50, width] of the 32 global frames → `keys` and `values` [1, 50 frames, width] of
 * the fusion.
 */
export const vidmuseLongTerm: Architecture<VidmuseDimensions> = {
  ...shared,
  id: 'vidmuse-long-term',
  outputs: ({ clip }) => [
    { name: 'keys', columns: clip.width, summary: 'of the fusion, 50 a global frame' },
    { name: 'values', columns: clip.width, summary: 'of the fusion, 50 a global frame' },
  ],
  probes: ['global_transformer'],
  buildGraph: buildLongTerm,
  shortestInput: ({ clip, visual }) => ({ states: waves([1, visual.tokens, clip.width]) }),
};

/**
 * The short-term branch and the fusion, frame by frame: `states` [frames, 50, width] of local frames, `keys` and `values` of the long-term
 * branch → `memory` [frames, 50, decoder's width]. A frame's memory depends on no other local frame.
 */
export const vidmuseShortTerm: Architecture<VidmuseDimensions> = {
  ...shared,
  id: 'vidmuse-short-term',
  outputs: ({ decoder }) => [{ name: 'memory', columns: decoder.width, summary: '50 tokens a local frame' }],
  probes: ['local_transformer', 'cross_attention'],
  buildGraph: buildShortTerm,
  shortestInput: ({ clip, visual }) => {
    const global = waves([1, visual.tokens, clip.width]);
    return { states: global, keys: global, values: global };
  },
};

function buildLongTerm(dimensions: VidmuseDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { clip, visual } = dimensions;
  const graph = createGraphBuilder('vidmuse-long-term');
  const shape = ['frames', visual.tokens, clip.width];
  const features = temporal(graph, graph.input('states', 'float32', shape), { ...dimensions, branch: 'global' });
  const flat = reshape(graph, features, [1, -1, clip.width]);
  const layer = { inputs: clip.width, outputs: clip.width };
  for (const part of ['key', 'value'])
    graph.output(`${part}s`, linear(graph, flat, { name: `${fusion}.${part}`, ...layer }), {
      shape: [1, 'tokens', clip.width],
    });
  showProbes(graph, { wanted, probes: { global_transformer: { value: features, shape } } });
  return graph.build();
}

function buildShortTerm(dimensions: VidmuseDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { clip, visual, decoder } = dimensions;
  const graph = createGraphBuilder('vidmuse-short-term');
  const shape = ['frames', visual.tokens, clip.width];
  const features = temporal(graph, graph.input('states', 'float32', shape), { ...dimensions, branch: 'local' });
  const global = { keys: keysOf(graph, 'keys', clip.width), values: keysOf(graph, 'values', clip.width) };
  const fused = fuse(graph, features, { ...global, ...clip, ...visual, width: clip.width });
  const projection = { name: 'visual_feature_proj', inputs: clip.width, outputs: decoder.width };
  graph.output('memory', linear(graph, fused, projection), { shape: ['frames', visual.tokens, decoder.width] });
  const probes = { local_transformer: { value: features, shape }, cross_attention: { value: fused, shape } };
  showProbes(graph, { wanted, probes });
  return graph.build();
}

function keysOf(graph: GraphBuilder, name: string, width: number): Value {
  return graph.input(name, 'float32', [1, 'global_tokens', width]);
}

/** The transformer of a branch over the tokens of each frame by itself, position and last norm included. */
function temporal(
  graph: GraphBuilder,
  states: Value,
  { branch, clip, visual }: VidmuseDimensions & { readonly branch: 'local' | 'global' },
): Value {
  const { width } = clip;
  const transformer = `${branch}_temporal_transformer`;
  const placed = add(graph, states, graph.weight(`${branch}_pos_embedding`, [1, visual.tokens, width]));
  const { normed } = preNormBlocks(graph, placed, {
    ...{ ...visual, width },
    blocks: Array.from({ length: visual.depth }, (_, index) => blockNames(`${transformer}.layers.${index}`)),
    finalNorm: `${transformer}.norm`,
  });
  return normed;
}

function blockNames(block: string): BlockNames {
  return {
    attentionNorm: `${block}.0.norm`,
    projection: { weight: `${block}.0.fn.to_qkv.weight` },
    attentionOutput: `${block}.0.fn.to_out.0`,
    hiddenNorm: `${block}.1.norm`,
    hidden: `${block}.1.fn.net.0`,
    hiddenOutput: `${block}.1.fn.net.3`,
  };
}

interface Fusion {
  readonly keys: Value;
  readonly values: Value;
  readonly width: number;
  readonly tokens: number;
}

/**
 * Local tokens look at all global ones: y = norm1(attention + x), norm2(final(y) + y). All frames' tokens are one row of queries, so that keys
 * and values are not repeated.
 */
function fuse(graph: GraphBuilder, local: Value, { keys, values, width, tokens }: Fusion): Value {
  const layer = { inputs: width, outputs: width };
  const flat = reshape(graph, local, [1, -1, width]);
  const mixed = attention(graph, {
    query: linear(graph, flat, { name: `${fusion}.query`, ...layer }),
    key: keys,
    value: values,
    heads: fusionHeads,
    headWidth: width / fusionHeads,
  });
  const { normed: first } = skipLayerNorm(graph, mixed, { skip: flat, name: `${fusion}.norm1`, width });
  const final = linear(graph, first, { name: `${fusion}.final_linear`, ...layer });
  const { normed: second } = skipLayerNorm(graph, final, { skip: first, name: `${fusion}.norm2`, width });
  return reshape(graph, second, [-1, tokens, width]);
}

function waves(dims: readonly number[]): { readonly data: Float32Array; readonly dims: readonly number[] } {
  const length = dims.reduce((product, size) => product * size, 1);
  return { data: Float32Array.from({ length }, (_, index) => Math.sin(index)), dims };
}
