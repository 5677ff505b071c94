import type { Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add, convolution } from '../../graph/layer-operators.js';
import { type BlockNames, preNormBlocks } from '../../graph/pre-norm-blocks.js';
import {
  concat,
  expand,
  integers,
  reshape,
  shapeOf,
  slice,
  transpose,
  unsqueeze,
} from '../../graph/shape-operators.js';
import type { Architecture, CheckpointOutline } from '../architecture.js';
import { blockCount } from '../block-count.js';
import { shapeIn } from '../shape-in.js';
import { isOutsidePart, synchformerSource, towerHeadWidth } from './checkpoint-parts.js';
import { classTokenLayer } from './class-token-layer.js';

export interface SynchformerSoundDimensions {
  readonly width: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  /** Side of a patch, in bands and in frames. */
  readonly patch: number;
  /** Patches along time: 6. */
  readonly columns: number;
}

const melBands = 128;
/** Patches begin every 10 bands and frames (`ASTConfig`). */
const stride = 10;
/** Class and distillation token. */
const specialTokens = 2;
/** Of AST's own norms (`ASTConfig.layer_norm_eps`). */
const epsilon = 1e-12;
const stem = 'afeat_extractor.ast';

/**
 * Synchformer's tower for sound, an Audio Spectrogram Transformer on segments of 0.64 s. Input `mel` [segments, 66, 128], normalised; output
 * `features` [segments, 6 x 768], one token behind the other for each step in time.
 */
export const synchformerSound: Architecture<SynchformerSoundDimensions> = {
  id: 'synchformer-audio',
  version: 1,
  source: `${synchformerSource}; hf_src/modeling_ast.py`,
  prefixes: [''],
  anchor: `${stem}.embeddings.position_embeddings`,
  describe: describeSound,
  isUnused: isOutsidePart('sound'),
  outputs: ({ width, columns }) => [
    {
      name: 'features',
      columns: columns * width,
      summary: `${columns} tokens of ${width}, one row a segment of 0.64 s`,
    },
  ],
  probes: [],
  buildGraph: buildSound,
  shortestInput: (dimensions) => {
    const dims = [1, framesOf(dimensions), melBands];
    return { mel: { data: Float32Array.from({ length: dims[1]! * dims[2]! }, (_, index) => Math.sin(index)), dims } };
  },
};

function describeSound(outline: CheckpointOutline): SynchformerSoundDimensions {
  const [width, , patch] = shapeIn(outline, `${stem}.embeddings.patch_embeddings.projection.weight`, 4) as [
    number,
    number,
    number,
  ];
  const places = shapeIn(outline, `${stem}.embeddings.position_embeddings`, 3)[1]! - specialTokens;
  return {
    width,
    hiddenWidth: shapeIn(outline, `${stem}.encoder.layer.0.intermediate.dense.weight`, 2)[0]!,
    depth: blockCount(outline, { prefix: `${stem}.encoder.layer`, tensor: 'layernorm_before.weight' }),
    patch,
    columns: places / rowsOf(patch),
  };
}

/** Patches along frequency: 12. */
function rowsOf(patch: number): number {
  return Math.floor((melBands - patch) / stride) + 1;
}

function framesOf({ patch, columns }: SynchformerSoundDimensions): number {
  return (columns - 1) * stride + patch;
}

function buildSound(dimensions: SynchformerSoundDimensions): Graph {
  const { width, hiddenWidth, depth, patch, columns } = dimensions;
  const rows = rowsOf(patch);
  const graph = createGraphBuilder('synchformer-audio');
  const mel = graph.input('mel', 'float32', ['segments', framesOf(dimensions), melBands]);
  const { normed } = preNormBlocks(graph, tokensOf(graph, mel, dimensions), {
    blocks: Array.from({ length: depth }, (_, index) => blockNames(`${stem}.encoder.layer.${index}`)),
    finalNorm: `${stem}.layernorm`,
    ...{ width, hiddenWidth, heads: width / towerHeadWidth, epsilon },
  });
  const patches = reshape(graph, slice(graph, normed, { axis: 1, start: specialTokens }), [-1, rows, columns, width]);
  const steps = reshape(graph, transpose(graph, patches, [0, 2, 1, 3]), [-1, rows, width]);
  const gathered = classTokenLayer(graph, steps, { name: 'afeat_extractor.freq_attn_agg', width, hiddenWidth });
  graph.output('features', reshape(graph, gathered, [-1, columns * width]), { shape: ['segments', columns * width] });
  return graph.build();
}

/** [segments, frames, bands] → class token, distillation token and patches, band after band, with their positions. */
function tokensOf(graph: GraphBuilder, mel: Value, { width, patch, columns }: SynchformerSoundDimensions): Value {
  const embeddings = `${stem}.embeddings`;
  const grid = convolution(graph, unsqueeze(graph, transpose(graph, mel, [0, 2, 1]), [1]), {
    ...{ name: `${embeddings}.patch_embeddings.projection`, inputs: 1, outputs: width },
    ...{ kernel: [patch, patch], strides: [stride, stride] },
  });
  const places = rowsOf(patch) * columns;
  const patches = reshape(graph, transpose(graph, grid, [0, 2, 3, 1]), [-1, places, width]);
  const one = concat(graph, [shapeOf(graph, patches, { start: 0, end: 1 }), integers(graph, [1, width])], 0);
  const special = ['cls_token', 'distillation_token'].map((token) =>
    expand(graph, graph.weight(`${embeddings}.${token}`, [1, 1, width]), one),
  );
  const positions = graph.weight(`${embeddings}.position_embeddings`, [1, places + specialTokens, width]);
  return add(graph, concat(graph, [...special, patches], 1), positions);
}

function blockNames(block: string): BlockNames {
  const attention = `${block}.attention.attention`;
  return {
    attentionNorm: `${block}.layernorm_before`,
    projection: { query: `${attention}.query`, key: `${attention}.key`, value: `${attention}.value` },
    attentionOutput: `${block}.attention.output.dense`,
    hiddenNorm: `${block}.layernorm_after`,
    hidden: `${block}.intermediate.dense`,
    hiddenOutput: `${block}.output.dense`,
  };
}
