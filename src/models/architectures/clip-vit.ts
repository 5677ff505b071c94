import { transposedKernel } from '../graph/fold.js';
import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { layerNorm, linear, matmul } from '../graph/layer-operators.js';
import { type BlockNames, preNormBlocks, withClassToken } from '../graph/pre-norm-blocks.js';
import { gather, reshape, transpose } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import { blockCount } from './block-count.js';
import { shapeIn } from './shape-in.js';
import { showProbes } from './show-probes.js';

export interface ClipVitDimensions {
  readonly width: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  readonly heads: number;
  /** Pixels along the side of a patch, and patches along the side of a picture. */
  readonly patch: number;
  readonly side: number;
  readonly embedding: number;
}

const model = 'vision_model';
/** CLIP's, in every published tower. */
const headWidth = 64;

/**
 * CLIP's vision tower as transformers names it (Radford et al. 2021, arXiv:2103.00020). Input `pixels` [images, 3, 224, 224], normalised;
 * outputs `image_embeds` [images, 512], not of length 1, and `pooler_output` [images, 768], the class token behind the last norm.
 */
export const clipVit: Architecture<ClipVitDimensions> = {
  id: 'clip-vit',
  version: 1,
  source:
    'Radford et al. 2021 (arXiv:2103.00020); transformers 4.46.3, models/clip/modeling_clip.py, CLIPVisionModelWithProjection',
  prefixes: [''],
  anchor: `${model}.embeddings.patch_embedding.weight`,
  describe: describeClipVit,
  // The text tower of the official file, and a buffer of older transformers.
  isUnused: (name) => /^(text_model\.|text_projection\.|logit_scale$)|\.position_ids$/.test(name),
  outputs: ({ embedding, width }) => [
    { name: 'image_embeds', columns: embedding, summary: 'in the space of pictures and texts, one row an image' },
    { name: 'pooler_output', columns: width, summary: 'class token behind the last norm, one row an image' },
  ],
  probes: ['last_hidden_state', 'embeddings_preln', 'block0'],
  buildGraph: buildClipVit,
  shortestInput: ({ patch, side }) => {
    const dims = [1, 3, patch * side, patch * side];
    const length = 3 * (patch * side) ** 2;
    return { pixels: { data: Float32Array.from({ length }, (_, index) => Math.sin(index)), dims } };
  },
};

function describeClipVit(outline: CheckpointOutline): ClipVitDimensions {
  const [width, , patch] = shapeIn(outline, `${model}.embeddings.patch_embedding.weight`, 4) as [
    number,
    number,
    number,
  ];
  const places = shapeIn(outline, `${model}.embeddings.position_embedding.weight`, 2)[0]!;
  return {
    width,
    hiddenWidth: shapeIn(outline, `${model}.encoder.layers.0.mlp.fc1.weight`, 2)[0]!,
    depth: blockCount(outline, { prefix: `${model}.encoder.layers`, tensor: 'layer_norm1.weight' }),
    heads: width / headWidth,
    patch,
    side: Math.round(Math.sqrt(places - 1)),
    embedding: shapeIn(outline, 'visual_projection.weight', 2)[0]!,
  };
}

function buildClipVit(dimensions: ClipVitDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, depth, patch, side, embedding } = dimensions;
  const graph = createGraphBuilder('clip-vit');
  const pixels = graph.input('pixels', 'float32', ['images', 3, patch * side, patch * side]);
  const first = layerNorm(graph, clipTokens(graph, pixels, { ...dimensions, model }), {
    name: `${model}.pre_layrnorm`,
    width,
  });
  const blocks = Array.from({ length: depth }, (_, index) => clipBlockNames(`${model}.encoder.layers.${index}`));
  const options = { ...dimensions, blocks, finalNorm: `${model}.post_layernorm`, activation: 'quick-gelu' } as const;
  const { sums, normed } = preNormBlocks(graph, first, options);
  const pooled = gather(graph, normed, { indices: 0, axis: 1 });
  const sizes = { inputs: width, outputs: embedding, bias: false };
  graph.output('image_embeds', linear(graph, pooled, { name: 'visual_projection', ...sizes }), {
    shape: ['images', embedding],
  });
  graph.output('pooler_output', pooled, { shape: ['images', width] });
  const shape = ['images', side * side + 1, width];
  showProbes(graph, {
    wanted,
    probes: {
      last_hidden_state: { value: sums.at(-1)!, shape },
      embeddings_preln: { value: first, shape },
      block0: { value: sums[0]!, shape },
    },
  });
  return graph.build();
}

interface ClipTokens extends Pick<ClipVitDimensions, 'width' | 'patch' | 'side'> {
  /** Of the tensors' names. */
  readonly model: string;
}

/** [images, 3, height, width] → class token and patches with their positions, [images, patches + 1, width]. */
export function clipTokens(graph: GraphBuilder, pixels: Value, options: ClipTokens): Value {
  const { model, width, patch, side } = options;
  const cut = reshape(graph, pixels, [-1, 3, side, patch, side, patch]);
  const values = 3 * patch * patch;
  const rows = reshape(graph, transpose(graph, cut, [0, 2, 4, 1, 3, 5]), [-1, side * side, values]);
  const tensor = `${model}.embeddings.patch_embedding.weight`;
  return withClassToken(graph, matmul(graph, rows, transposedKernel(graph, tensor, [width, 3, patch, patch])), {
    classToken: graph.weight(`${model}.embeddings.class_embedding`, [width]),
    positions: graph.weight(`${model}.embeddings.position_embedding.weight`, [side * side + 1, width]),
    width,
  });
}

/** Names of one block of transformers' CLIP. */
export function clipBlockNames(block: string): BlockNames {
  const attention = `${block}.self_attn`;
  return {
    attentionNorm: `${block}.layer_norm1`,
    projection: { query: `${attention}.q_proj`, key: `${attention}.k_proj`, value: `${attention}.v_proj` },
    attentionOutput: `${attention}.out_proj`,
    hiddenNorm: `${block}.layer_norm2`,
    hidden: `${block}.mlp.fc1`,
    hiddenOutput: `${block}.mlp.fc2`,
  };
}
