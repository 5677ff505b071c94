import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { add, convolution, layerNorm, linear, reduceMean } from '../graph/layer-operators.js';
import { type BlockNames, preNormBlocks } from '../graph/pre-norm-blocks.js';
import { concat, expand, integers, reshape, shapeOf, slice, transpose, unsqueeze } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import { blockCount } from './block-count.js';
import { shapeIn } from './shape-in.js';
import { showProbes } from './show-probes.js';

export interface PasstDimensions {
  readonly width: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  readonly classes: number;
  /** Side of a patch, in bands and in frames. */
  readonly patch: number;
  /** Patches along frequency. */
  readonly rows: number;
  /** The most patches along time: 99 for 10 s. */
  readonly columns: number;
}

/** Patches begin every 10 bands and frames (`passt_s_swa_p16_128_ap476` and its like: stride 10). */
const stride = 10;
/** DeiT's, in every published PaSST. */
const headWidth = 64;
/** PaSST's norms (models/passt.py, `norm_layer`) but for the head's. */
const epsilon = 1e-6;

/** Of the spectrogram; no tensor tells, because the last rows of patches need not reach its edge. */
const melBands = 128;

/**
 * PaSST (Koutini et al. 2022, arXiv:2110.05069). Input `mel` [batch, 128, frames], normalised, with at least 16 frames and no more
 * columns of patches than the file has positions for (10 s: 1005 frames); outputs `features` [batch, 768], the mean of class and
 * distillation token, and `logits` [batch, 527].
 */
export const passt: Architecture<PasstDimensions> = {
  id: 'passt',
  version: 1,
  source: 'Koutini et al. 2022 (arXiv:2110.05069); hear21passt 5f1cce6, hear21passt/models/passt.py, PaSST',
  prefixes: ['', 'net.', 'model.'],
  anchor: 'time_new_pos_embed',
  describe: describePasst,
  // The second head is for training only; the first sees both tokens.
  isUnused: (name) => name.startsWith('head_dist.'),
  outputs: ({ width, classes }) => [
    { name: 'features', columns: width, summary: 'mean of class and distillation token, one row a window' },
    { name: 'logits', columns: classes, summary: 'AudioSet classes before the softmax, one row a window' },
  ],
  probes: ['patch', 'block0'],
  buildGraph: buildPasst,
  shortestInput: ({ patch }) => {
    const dims = [1, melBands, patch];
    return { mel: { data: Float32Array.from({ length: dims[1]! * dims[2]! }, (_, index) => Math.sin(index)), dims } };
  },
};

function describePasst(outline: CheckpointOutline): PasstDimensions {
  const [width, , patch] = shapeIn(outline, 'patch_embed.proj.weight', 4) as [number, number, number];
  return {
    width,
    hiddenWidth: shapeIn(outline, 'blocks.0.mlp.fc1.weight', 2)[0]!,
    depth: blockCount(outline, { prefix: 'blocks', tensor: 'norm1.weight' }),
    classes: shapeIn(outline, 'head.1.weight', 2)[0]!,
    patch,
    rows: shapeIn(outline, 'freq_new_pos_embed', 4)[2]!,
    columns: shapeIn(outline, 'time_new_pos_embed', 4)[3]!,
  };
}

function buildPasst(dimensions: PasstDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, hiddenWidth, depth, classes, patch, rows } = dimensions;
  const graph = createGraphBuilder('passt');
  const mel = graph.input('mel', 'float32', ['batch', melBands, 'frames']);
  const patches = convolution(graph, unsqueeze(graph, mel, [1]), {
    ...{ name: 'patch_embed.proj', inputs: 1, outputs: width, kernel: [patch, patch], strides: [stride, stride] },
  });
  const { sums, normed } = preNormBlocks(graph, tokens(graph, patches, dimensions), {
    blocks: Array.from({ length: depth }, (_, index) => blockNames(`blocks.${index}`)),
    finalNorm: 'norm',
    ...{ width, hiddenWidth, heads: width / headWidth, epsilon },
  });
  const features = reduceMean(graph, slice(graph, normed, { axis: 1, start: 0, end: 2 }), { axes: [1] });
  const head = layerNorm(graph, features, { name: 'head.0', width });
  const logits = linear(graph, head, { name: 'head.1', inputs: width, outputs: classes });
  graph.output('features', features, { shape: ['batch', width] });
  graph.output('logits', logits, { shape: ['batch', classes] });
  showProbes(graph, {
    wanted,
    probes: {
      patch: { value: patches, shape: ['batch', width, rows, 'columns'] },
      block0: { value: sums[0]!, shape: ['batch', 'tokens', width] },
    },
  });
  return graph.build();
}

/** [batch, width, rows, columns] → class token, distillation token and patches, row after row, with their positions. */
function tokens(graph: GraphBuilder, patches: Value, dimensions: PasstDimensions): Value {
  const { width } = dimensions;
  const columns = shapeOf(graph, patches, { start: 3 });
  const positions = slice(graph, positionsOf(graph, dimensions), { axis: 2, start: 0, end: columns });
  const placed = add(graph, transpose(graph, patches, [0, 2, 3, 1]), positions);
  const batch = shapeOf(graph, patches, { start: 0, end: 1 });
  const special = expand(graph, specialTokens(graph, width), concat(graph, [batch, integers(graph, [2, width])], 0));
  return concat(graph, [special, reshape(graph, placed, concat(graph, [batch, integers(graph, [-1, width])], 0))], 1);
}

/** [1, rows, columns, width]: the sum of the positions along frequency and time. */
function positionsOf(graph: GraphBuilder, { width, rows, columns }: PasstDimensions): Value {
  return graph.derivedWeight({
    name: 'positions',
    shape: [1, rows, columns, width],
    sources: [
      { name: 'freq_new_pos_embed', shape: [1, width, rows, 1] },
      { name: 'time_new_pos_embed', shape: [1, width, 1, columns] },
    ],
    compute: ([frequency, time]) => {
      const place = (index: number): readonly [number, number, number] => {
        const channel = index % width;
        const column = Math.floor(index / width) % columns;
        return [channel, column, Math.floor(index / (width * columns))];
      };
      return Float32Array.from({ length: rows * columns * width }, (_, index) => {
        const [channel, column, row] = place(index);
        return frequency![channel * rows + row]! + time![channel * columns + column]!;
      });
    },
  });
}

/** [1, 2, width]: class and distillation token with their positions. */
function specialTokens(graph: GraphBuilder, width: number): Value {
  const shape = [1, 1, width];
  return graph.derivedWeight({
    name: 'special_tokens',
    shape: [1, 2, width],
    sources: [
      { name: 'cls_token', shape },
      { name: 'dist_token', shape },
      { name: 'new_pos_embed', shape: [1, 2, width] },
    ],
    compute: ([first, second, positions]) =>
      Float32Array.from([...first!, ...second!], (value, index) => value + positions![index]!),
  });
}

function blockNames(block: string): BlockNames {
  return {
    attentionNorm: `${block}.norm1`,
    projection: { weight: `${block}.attn.qkv.weight`, bias: `${block}.attn.qkv.bias` },
    attentionOutput: `${block}.attn.proj`,
    hiddenNorm: `${block}.norm2`,
    hidden: `${block}.mlp.fc1`,
    hiddenOutput: `${block}.mlp.fc2`,
  };
}
