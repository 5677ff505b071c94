import type { Value } from '../graph/graph.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { linear, multiply, unitLength } from '../graph/layer-operators.js';
import { type BlockNames, preNormBlocks } from '../graph/pre-norm-blocks.js';
import { gather } from '../graph/shape-operators.js';
import type { CheckpointOutline } from './architecture.js';
import { blockCount } from './block-count.js';
import { shapeIn } from './shape-in.js';

export type ImagebindTower = 'audio' | 'vision' | 'text';

/** What all towers have. */
export interface ImagebindTrunk {
  readonly width: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  readonly heads: number;
  /** Of the space that all towers share. */
  readonly embedding: number;
}

export const imagebindSource =
  'Girdhar et al. 2023 (arXiv:2305.05665); ImageBind 53680b0, imagebind/models/imagebind_model.py and transformer.py';

/** ImageBind's norms but for the patches' own. */
export const imagebindEpsilon = 1e-6;

/**
 * No tensor tells how many heads share the width, so it is the width of one that counts: `imagebind_huge` has 12 heads on 768 for sound, 16
 * on 1280 for pictures and 16 on 1024 for text.
 */
const headWidths: Readonly<Record<ImagebindTower, number>> = { audio: 64, vision: 80, text: 64 };

/** What the file has beside the tower: the other towers, constants and buffers. */
export function isOutsideTower(tower: ImagebindTower): (name: string) => boolean {
  const inside = new RegExp(`^modality_(preprocessors|trunks|heads|postprocessors)\\.${tower}\\.`);
  const buffers = ['modality_preprocessors.text.mask', 'modality_postprocessors.audio.1.log_logit_scale'];
  return (name) => buffers.includes(name) || (name.startsWith('modality_') && !inside.test(name));
}

export function describeTrunk(outline: CheckpointOutline, tower: ImagebindTower): ImagebindTrunk {
  const blocks = `modality_trunks.${tower}.blocks`;
  const [hiddenWidth, width] = shapeIn(outline, `${blocks}.0.mlp.fc1.weight`, 2) as [number, number];
  return {
    width,
    hiddenWidth,
    depth: blockCount(outline, { prefix: blocks, tensor: 'norm_1.weight' }),
    heads: width / headWidths[tower],
    embedding: shapeIn(outline, headOf(tower), 2)[0]!,
  };
}

function headOf(tower: ImagebindTower): string {
  return tower === 'text' ? 'modality_heads.text.proj.1.weight' : `modality_heads.${tower}.2.weight`;
}

/** The tokens behind all blocks and the head's norm, and the sum behind the first block; both [batch, length, width]. */
export function trunk(
  graph: GraphBuilder,
  tokens: Value,
  { tower, ...dimensions }: ImagebindTrunk & { readonly tower: ImagebindTower },
): { readonly normed: Value; readonly firstBlock: Value } {
  const { depth } = dimensions;
  const { sums, normed } = preNormBlocks(graph, tokens, {
    blocks: Array.from({ length: depth }, (_, index) => blockNames(tower, index)),
    finalNorm: tower === 'text' ? 'modality_heads.text.proj.0' : `modality_heads.${tower}.0`,
    ...dimensions,
    epsilon: imagebindEpsilon,
    causal: tower === 'text',
  });
  return { normed, firstBlock: sums[0]! };
}

/** The class token, [batch, width], in the shared space: [batch, embedding]. */
export function classHead(
  graph: GraphBuilder,
  normed: Value,
  { tower, width, embedding }: ImagebindTrunk & { readonly tower: 'audio' | 'vision' },
): Value {
  const first = gather(graph, normed, { indices: 0, axis: 1 });
  const sizes = { inputs: width, outputs: embedding, bias: false };
  return linear(graph, first, { name: `modality_heads.${tower}.2`, ...sizes });
}

/** `head` brought to length 1, times `scale`. */
export function scaledUnit(graph: GraphBuilder, head: Value, scale: number | Value): Value {
  return multiply(graph, unitLength(graph, head), scale);
}

function blockNames(tower: ImagebindTower, index: number): BlockNames {
  const block = `modality_trunks.${tower}.blocks.${index}`;
  return {
    attentionNorm: `${block}.norm_1`,
    projection: { weight: `${block}.attn.in_proj_weight`, bias: `${block}.attn.in_proj_bias` },
    // Only sound has a learned key and value behind those of the tokens.
    ...(tower === 'audio' ? { extraKeyValue: { key: `${block}.attn.bias_k`, value: `${block}.attn.bias_v` } } : {}),
    attentionOutput: `${block}.attn.out_proj`,
    hiddenNorm: `${block}.norm_2`,
    hidden: `${block}.mlp.fc1`,
    hiddenOutput: `${block}.mlp.fc2`,
  };
}
