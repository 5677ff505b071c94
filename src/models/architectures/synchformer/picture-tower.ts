import { transposedKernel } from '../../graph/fold.js';
import type { Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add, matmul } from '../../graph/layer-operators.js';
import { withClassToken } from '../../graph/pre-norm-blocks.js';
import { reshape, slice, transpose } from '../../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from '../architecture.js';
import { blockCount } from '../block-count.js';
import { shapeIn } from '../shape-in.js';
import { showProbes } from '../show-probes.js';
import { isOutsidePart, synchformerSource, towerEpsilon, towerHeadWidth } from './checkpoint-parts.js';
import { classTokenLayer } from './class-token-layer.js';
import { dividedBlocks } from './divided-blocks.js';

export interface SynchformerPictureDimensions {
  readonly width: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  /** Pictures and pixels of a patch: 2 x 16 x 16. */
  readonly patchFrames: number;
  readonly patch: number;
  /** Patches along each side of a picture, 14, and along time, 8. */
  readonly side: number;
  readonly times: number;
}

const stem = 'vfeat_extractor';

/**
 * Synchformer's tower for pictures, Motionformer with divided attention on segments of 16 pictures. Input `pixels` [segments, 16, 3, 224, 224],
 * from -1 to 1; output `features` [segments, 8 x 768], one token behind the other for each pair of pictures.
 */
export const synchformerPictureTower: Architecture<SynchformerPictureDimensions> = {
  id: 'synchformer-video',
  version: 1,
  source: `${synchformerSource}; video_model_builder.py, vit_helper.py`,
  prefixes: [''],
  anchor: `${stem}.patch_embed_3d.proj.weight`,
  describe: describePictures,
  isUnused: isOutsidePart('pictures'),
  outputs: ({ width, times }) => [
    { name: 'features', columns: times * width, summary: `${times} tokens of ${width}, one row a segment of 0.64 s` },
  ],
  probes: ['block0'],
  buildGraph: buildPictures,
  shortestInput: ({ patchFrames, patch, side, times }) => {
    const dims = [1, patchFrames * times, 3, patch * side, patch * side];
    const length = dims.reduce((product, size) => product * size, 1);
    return { pixels: { data: Float32Array.from({ length }, (_, index) => Math.sin(index)), dims } };
  },
};

function describePictures(outline: CheckpointOutline): SynchformerPictureDimensions {
  const [width, , patchFrames, patch] = shapeIn(outline, `${stem}.patch_embed_3d.proj.weight`, 5) as number[];
  const places = shapeIn(outline, `${stem}.pos_embed`, 3)[1]! - 1;
  return {
    width: width!,
    hiddenWidth: shapeIn(outline, `${stem}.blocks.0.mlp.fc1.weight`, 2)[0]!,
    depth: blockCount(outline, { prefix: `${stem}.blocks`, tensor: 'norm1.weight' }),
    patchFrames: patchFrames!,
    patch: patch!,
    side: Math.round(Math.sqrt(places)),
    times: shapeIn(outline, `${stem}.temp_embed`, 3)[1]!,
  };
}

function buildPictures(dimensions: SynchformerPictureDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { width, hiddenWidth, patchFrames, patch, side, times } = dimensions;
  const graph = createGraphBuilder('synchformer-video');
  const pixels = graph.input('pixels', 'float32', [
    'segments',
    ...[patchFrames * times, 3, patch * side, patch * side],
  ]);
  const places = side * side;
  const tokens = withClassToken(graph, patchTokens(graph, pixels, dimensions), {
    classToken: graph.weight(`${stem}.cls_token`, [1, 1, width]),
    positions: positionsOf(graph, dimensions),
    width,
  });
  const { sums, normed } = dividedBlocks(graph, tokens, {
    ...dimensions,
    ...{ name: `${stem}.blocks`, finalNorm: `${stem}.norm`, places },
    ...{ heads: width / towerHeadWidth, epsilon: towerEpsilon },
  });
  const byTime = reshape(graph, slice(graph, normed, { axis: 1, start: 1 }), [-1, places, width]);
  const gathered = classTokenLayer(graph, byTime, { name: `${stem}.spatial_attn_agg`, width, hiddenWidth });
  graph.output('features', reshape(graph, gathered, [-1, times * width]), { shape: ['segments', times * width] });
  const shape = ['segments', 1 + times * places, width];
  showProbes(graph, { wanted, probes: { block0: { value: sums[0]!, shape } } });
  return graph.build();
}

/** [segments, pictures, 3, height, width] → [segments, patches, width]: patches do not overlap, so the convolution is one product. */
function patchTokens(graph: GraphBuilder, pixels: Value, dimensions: SynchformerPictureDimensions): Value {
  const { width, patchFrames, patch, side, times } = dimensions;
  const cut = reshape(graph, pixels, [-1, times, patchFrames, 3, side, patch, side, patch]);
  const rows = reshape(graph, transpose(graph, cut, [0, 1, 4, 6, 3, 2, 5, 7]), [
    ...[-1, times * side * side, 3 * patchFrames * patch * patch],
  ]);
  const layer = `${stem}.patch_embed_3d.proj`;
  const kernel = transposedKernel(graph, `${layer}.weight`, [width, 3, patchFrames, patch, patch]);
  return add(graph, matmul(graph, rows, kernel), graph.weight(`${layer}.bias`, [width]));
}

/** [1, 1 + times x places, width]: of the class token; then of the place and the time of each patch, added. */
function positionsOf(graph: GraphBuilder, { width, side, times }: SynchformerPictureDimensions): Value {
  const places = side * side;
  return graph.derivedWeight({
    name: 'positions',
    shape: [1, 1 + times * places, width],
    sources: [
      { name: `${stem}.pos_embed`, shape: [1, 1 + places, width] },
      { name: `${stem}.temp_embed`, shape: [1, times, width] },
    ],
    compute: ([ofPlaces, ofTimes]) => {
      const out = new Float32Array((1 + times * places) * width);
      out.set(ofPlaces!.subarray(0, width));
      for (let index = width; index < out.length; index++) {
        const patch = Math.floor(index / width) - 1;
        const place = (patch % places) + 1;
        const time = Math.floor(patch / places);
        const channel = index % width;
        out[index] = ofPlaces![place * width + channel]! + ofTimes![time * width + channel]!;
      }
      return out;
    },
  });
}
