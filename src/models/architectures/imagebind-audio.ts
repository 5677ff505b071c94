import type { Graph } from '../graph/graph.js';
import { createGraphBuilder } from '../graph/graph-builder.js';
import { convolution, layerNorm } from '../graph/layer-operators.js';
import { withClassToken } from '../graph/pre-norm-blocks.js';
import { reshape, transpose } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import {
  classHead,
  describeTrunk,
  type ImagebindTrunk,
  imagebindSource,
  isOutsideTower,
  scaledUnit,
  trunk,
} from './imagebind-trunk.js';
import { shapeIn } from './shape-in.js';
import { showProbes } from './show-probes.js';

export interface ImagebindAudioDimensions extends ImagebindTrunk {
  readonly patch: number;
  /** Patches of one clip. */
  readonly patches: number;
}

const [melBands, frames] = [128, 204];
const stride = 10;
/** The sound's postprocessor: `LearnableLogitScaling(logit_scale_init=20.0, learnable=False)`. */
const scale = 20;
const stem = 'modality_preprocessors.audio';

/**
 * ImageBind's tower for sound. Input `mel` [clips, 1, 128, 204], clips of 2 s; outputs `embedding` [clips, 1024] of length 20 and
 * `head` before it is scaled. The official code averages the embeddings of three clips.
 */
export const imagebindAudio: Architecture<ImagebindAudioDimensions> = {
  id: 'imagebind-audio',
  version: 1,
  source: imagebindSource,
  prefixes: [''],
  anchor: `${stem}.rgbt_stem.proj.weight`,
  describe: describeAudio,
  isUnused: isOutsideTower('audio'),
  outputs: ({ embedding }) => [
    { name: 'embedding', columns: embedding, summary: 'in the space of all towers, length 20, one row a clip of 2 s' },
    { name: 'head', columns: embedding, summary: 'the same before its length is set' },
  ],
  probes: ['tokens', 'block0'],
  buildGraph: buildAudio,
  shortestInput: () => {
    const data = Float32Array.from({ length: melBands * frames }, (_, index) => Math.sin(index));
    return { mel: { data, dims: [1, 1, melBands, frames] } };
  },
};

function describeAudio(outline: CheckpointOutline): ImagebindAudioDimensions {
  return {
    ...describeTrunk(outline, 'audio'),
    patch: shapeIn(outline, `${stem}.rgbt_stem.proj.weight`, 4)[2]!,
    patches: shapeIn(outline, `${stem}.pos_embedding_helper.pos_embed`, 3)[1]! - 1,
  };
}

function buildAudio(dimensions: ImagebindAudioDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, patch, patches, embedding } = dimensions;
  const graph = createGraphBuilder('imagebind-audio');
  const mel = graph.input('mel', 'float32', ['clips', 1, melBands, frames]);
  const sizes = { inputs: 1, outputs: width, kernel: [patch, patch], strides: [stride, stride], bias: false };
  const grid = convolution(graph, mel, { name: `${stem}.rgbt_stem.proj`, ...sizes });
  const rows = reshape(graph, transpose(graph, grid, [0, 2, 3, 1]), [-1, patches, width]);
  const tokens = withClassToken(graph, layerNorm(graph, rows, { name: `${stem}.rgbt_stem.norm_layer`, width }), {
    classToken: graph.weight(`${stem}.cls_token`, [1, 1, width]),
    positions: graph.weight(`${stem}.pos_embedding_helper.pos_embed`, [1, patches + 1, width]),
    width,
  });
  const { normed, firstBlock } = trunk(graph, tokens, { ...dimensions, tower: 'audio' });
  const head = classHead(graph, normed, { ...dimensions, tower: 'audio' });
  graph.output('embedding', scaledUnit(graph, head, scale), { shape: ['clips', embedding] });
  graph.output('head', head, { shape: ['clips', embedding] });
  const shape = ['clips', patches + 1, width];
  showProbes(graph, { wanted, probes: { tokens: { value: tokens, shape }, block0: { value: firstBlock, shape } } });
  return graph.build();
}
