import type { Graph } from '../../graph/graph.js';
import { createGraphBuilder } from '../../graph/graph-builder.js';
import { layerNorm } from '../../graph/layer-operators.js';
import { preNormBlocks } from '../../graph/pre-norm-blocks.js';
import type { Architecture } from '../architecture.js';
import { clipBlockNames, clipTokens } from '../clip-vit.js';
import {
  describeVidmuse,
  isVidmuseTensor,
  recogniseOtherThanVidmuse,
  type VidmuseDimensions,
  vidmuseAnchor,
  vidmusePrefixes,
} from './dimensions.js';

const model = 'visual_encoder_model.vision_model';

/**
 * VidMuse's frozen CLIP: input `pixels` [frames, 3, 224, 224], normalised; output `states` [frames, 50, 768], the sum behind the last block, with
 * neither the norm nor the projection that CLIP has behind it.
 */
export const vidmuseVisualEncoder: Architecture<VidmuseDimensions> = {
  id: 'vidmuse-visual-encoder',
  version: 1,
  source: 'VidMuse 1e9296e, audiocraft/models/lm.py:268-282,341-387; transformers 4.51.1, models/clip/modeling_clip.py',
  prefixes: vidmusePrefixes,
  anchor: vidmuseAnchor,
  recogniseOther: recogniseOtherThanVidmuse,
  describe: describeVidmuse,
  isUnused: isVidmuseTensor,
  outputs: ({ clip }) => [{ name: 'states', columns: clip.width, summary: '50 tokens a frame' }],
  probes: [],
  buildGraph: build,
  shortestInput: ({ clip: { patch, side } }) => {
    const length = 3 * (patch * side) ** 2;
    const data = Float32Array.from({ length }, (_, index) => Math.sin(index));
    return { pixels: { data, dims: [1, 3, patch * side, patch * side] } };
  },
};

function build({ clip }: VidmuseDimensions): Graph {
  const { width, depth, patch, side } = clip;
  const graph = createGraphBuilder('vidmuse-visual-encoder');
  const pixels = graph.input('pixels', 'float32', ['frames', 3, patch * side, patch * side]);
  const tokens = clipTokens(graph, pixels, { ...clip, model });
  const first = layerNorm(graph, tokens, { name: `${model}.pre_layrnorm`, width });
  const blocks = Array.from({ length: depth }, (_, index) => clipBlockNames(`${model}.encoder.layers.${index}`));
  const { normed } = preNormBlocks(graph, first, { ...clip, blocks, activation: 'quick-gelu' });
  graph.output('states', normed, { shape: ['frames', side * side + 1, width] });
  return graph.build();
}
