import { transposedKernel } from '../graph/fold.js';
import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { layerNorm, matmul, unitLength } from '../graph/layer-operators.js';
import { withClassToken } from '../graph/pre-norm-blocks.js';
import { reshape, transpose } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import {
  classHead,
  describeTrunk,
  type ImagebindTrunk,
  imagebindEpsilon,
  imagebindSource,
  isOutsideTower,
  trunk,
} from './imagebind-trunk.js';
import { shapeIn } from './shape-in.js';
import { showProbes } from './show-probes.js';

export interface ImagebindVisionDimensions extends ImagebindTrunk {
  /** Frames and pixels of a patch: 2 x 14 x 14. */
  readonly patchFrames: number;
  readonly patch: number;
  /** Patches along each side: 16. */
  readonly side: number;
}

const stem = 'modality_preprocessors.vision';

/**
 * ImageBind's tower for pictures. Input `pixels` [views, 3, 2, 224, 224], normalised; a still picture is given twice. Outputs
 * `embedding` [views, 1024] of length 1 and `head` before that. The official code averages the embeddings of 15 views.
 */
export const imagebindVision: Architecture<ImagebindVisionDimensions> = {
  id: 'imagebind-vision',
  version: 1,
  source: imagebindSource,
  prefixes: [''],
  anchor: `${stem}.rgbt_stem.proj.1.weight`,
  describe: describeVision,
  isUnused: isOutsideTower('vision'),
  outputs: ({ embedding }) => [
    { name: 'embedding', columns: embedding, summary: 'in the space of all towers, length 1, one row a view' },
    { name: 'head', columns: embedding, summary: 'the same before its length is set' },
  ],
  probes: ['tokens', 'block0'],
  buildGraph: buildVision,
  shortestInput: ({ patchFrames, patch, side }) => {
    const dims = [1, 3, patchFrames, patch * side, patch * side];
    const length = dims.reduce((product, size) => product * size, 1);
    return { pixels: { data: Float32Array.from({ length }, (_, index) => Math.sin(index)), dims } };
  },
};

function describeVision(outline: CheckpointOutline): ImagebindVisionDimensions {
  const [, , patchFrames, patch] = shapeIn(outline, `${stem}.rgbt_stem.proj.1.weight`, 5) as number[];
  const places = shapeIn(outline, `${stem}.pos_embedding_helper.pos_embed`, 3)[1]!;
  const side = Math.round(Math.sqrt(places - 1));
  return { ...describeTrunk(outline, 'vision'), patchFrames: patchFrames!, patch: patch!, side };
}

function buildVision(dimensions: ImagebindVisionDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, patchFrames, patch, side, embedding } = dimensions;
  const graph = createGraphBuilder('imagebind-vision');
  const pixels = graph.input('pixels', 'float32', ['views', 3, patchFrames, patch * side, patch * side]);
  const tokens = withClassToken(graph, patchTokens(graph, pixels, dimensions), {
    classToken: graph.weight(`${stem}.cls_token`, [1, 1, width]),
    positions: graph.weight(`${stem}.pos_embedding_helper.pos_embed`, [1, side * side + 1, width]),
    width,
  });
  const name = 'modality_trunks.vision.pre_transformer_layer.0';
  const first = layerNorm(graph, tokens, { name, width, epsilon: imagebindEpsilon });
  const { normed, firstBlock } = trunk(graph, first, { ...dimensions, tower: 'vision' });
  const head = classHead(graph, normed, { ...dimensions, tower: 'vision' });
  graph.output('embedding', unitLength(graph, head), { shape: ['views', embedding] });
  graph.output('head', head, { shape: ['views', embedding] });
  const shape = ['views', side * side + 1, width];
  showProbes(graph, { wanted, probes: { tokens: { value: tokens, shape }, block0: { value: firstBlock, shape } } });
  return graph.build();
}

/** [views, 3, frames, height, width] → [views, patches, width]: patches do not overlap, so the convolution is one product. */
function patchTokens(graph: GraphBuilder, pixels: Value, dimensions: ImagebindVisionDimensions): Value {
  const { width, patchFrames, patch, side } = dimensions;
  const cut = reshape(graph, pixels, [-1, 3 * patchFrames, side, patch, side, patch]);
  const values = 3 * patchFrames * patch * patch;
  const rows = reshape(graph, transpose(graph, cut, [0, 2, 4, 1, 3, 5]), [-1, side * side, values]);
  const tensor = `${stem}.rgbt_stem.proj.1.weight`;
  return matmul(graph, rows, transposedKernel(graph, tensor, [width, 3, patchFrames, patch, patch]));
}
