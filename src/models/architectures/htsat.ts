import { cubicResample } from '../graph/cubic-resample.js';
import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { batchNorm, convolution, layerNorm, reduceMean, unitLength } from '../graph/layer-operators.js';
import { reshape, transpose } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import { blockCount } from './block-count.js';
import { clapProjection } from './clap-projection.js';
import { shapeIn } from './shape-in.js';
import { showProbes } from './show-probes.js';
import { reordered, swinStage } from './swin-stage.js';
import { rasterOrder, windowOrder } from './swin-windows.js';

export interface HtsatDimensions {
  readonly melBands: number;
  /** Of the tokens of the first stage; each further stage doubles it. */
  readonly width: number;
  readonly stages: readonly { readonly depth: number; readonly heads: number }[];
  /** Of the embedding that sound and text share. */
  readonly embedding: number;
}

/** What exactly 10 s give (training/data.py); the network takes no other number. */
const frames = 1001;
/** The spectrogram becomes a square picture: 1024 frames in four parts, one below the other (htsat.py, `reshape_wav2img`). */
const side = 256;
const patch = 4;
const window = 8;
const tower = 'audio_branch';

/** The front end's tensors, index tables, the classes of HTS-AT itself, PyTorch's counters, and what CLAP has beside the tower. */
const unused = new RegExp(
  [
    `^${tower}\\.(spectrogram_extractor|logmel_extractor|tscam_conv|head)\\.`,
    '\\.(relative_position_index|attn_mask|num_batches_tracked)$',
    '^(audio_transform|text_branch|text_transform|text_projection)\\.',
    '^logit_scale(_[at])?$',
  ].join('|'),
);

/**
 * The audio tower of LAION CLAP without fusion: HTS-AT (Chen et al. 2022, arXiv:2202.00874), tiny or base. Input `logmel` [windows, 1001,
 * 64] in dB, 10 s each; outputs `embedding` [windows, 512] of length 1 and `latent` [windows, 768 or 1024] before the projection.
 */
export const htsat: Architecture<HtsatDimensions> = {
  id: 'clap-htsat',
  version: 1,
  source: 'Chen et al. 2022 (arXiv:2202.00874); CLAP 1fd4c37, src/laion_clap/clap_module/htsat.py and model.py',
  prefixes: ['', 'state_dict.module.', 'state_dict.', 'module.'],
  anchor: `${tower}.patch_embed.proj.weight`,
  describe: describeHtsat,
  isUnused: (name) => unused.test(name),
  outputs: (dimensions) => [
    {
      name: 'embedding',
      columns: dimensions.embedding,
      summary: 'shared by sound and text, length 1, one row a window',
    },
    { name: 'latent', columns: lastWidth(dimensions), summary: 'mean of the tower’s tokens, one row a window' },
  ],
  probes: ['image', 'patch', 'block0', 'layer0', 'projection'],
  buildGraph: buildHtsat,
  shortestInput: ({ melBands }) => {
    const data = Float32Array.from({ length: frames * melBands }, (_, index) => -30 + 20 * Math.sin(index));
    return { logmel: { data, dims: [1, frames, melBands] } };
  },
};

function describeHtsat(outline: CheckpointOutline): HtsatDimensions {
  const stages = Array.from({ length: 4 }, (_, stage) => {
    const prefix = `${tower}.layers.${stage}.blocks`;
    return {
      depth: blockCount(outline, { prefix, tensor: 'norm1.weight' }),
      heads: shapeIn(outline, `${prefix}.0.attn.relative_position_bias_table`, 2)[1]!,
    };
  });
  return {
    melBands: shapeIn(outline, `${tower}.bn0.weight`, 1)[0]!,
    width: shapeIn(outline, `${tower}.patch_embed.proj.weight`, 4)[0]!,
    stages,
    embedding: shapeIn(outline, 'audio_projection.2.weight', 2)[0]!,
  };
}

function lastWidth({ width, stages }: HtsatDimensions): number {
  return width * 2 ** (stages.length - 1);
}

function buildHtsat(dimensions: HtsatDimensions, { probes: wanted }: BuildOptions = {}): Graph {
  const { melBands, width, stages, embedding } = dimensions;
  const graph = createGraphBuilder('clap-htsat');
  const logmel = graph.input('logmel', 'float32', ['windows', frames, melBands]);
  const image = picture(graph, logmel, melBands);
  const patches = patchTokens(graph, image, width);
  const grid = { side: side / patch, window };
  let order = windowOrder({ ...grid, shift: 0 });
  let tokens = reordered(graph, patches, { from: rasterOrder(grid.side), to: order });
  const results = stages.map(({ depth, heads }, index) => {
    const [stageSide, stageWidth] = [grid.side / 2 ** index, width * 2 ** index];
    const finalNorm = index === stages.length - 1 ? `${tower}.norm` : undefined;
    const name = `${tower}.layers.${index}`;
    const shape = { side: stageSide, window, width: stageWidth, heads };
    const result = swinStage(graph, { tokens, order }, { name, depth, ...shape, ...(finalNorm && { finalNorm }) });
    ({ tokens, order } = result);
    return result;
  });
  // The mean over all tokens does not care for their order.
  const latent = reduceMean(graph, tokens, { axes: [1] });
  const projection = clapProjection(graph, latent, {
    name: 'audio_projection',
    inputs: lastWidth(dimensions),
    embedding,
  });
  graph.output('embedding', unitLength(graph, projection), { shape: ['windows', embedding] });
  graph.output('latent', latent, { shape: ['windows', lastWidth(dimensions)] });
  const raster = (value: Value, at: readonly number[], length: number): Value =>
    reordered(graph, value, { from: at, to: rasterOrder(length) });
  const first = results[0]!;
  showProbes(graph, {
    wanted,
    probes: {
      image: { value: image, shape: ['windows', 1, side, side] },
      patch: { value: patches, shape: ['windows', grid.side ** 2, width] },
      block0: {
        value: raster(first.firstBlock, windowOrder({ ...grid, shift: 0 }), grid.side),
        shape: ['windows', grid.side ** 2, width],
      },
      layer0: {
        value: raster(first.tokens, first.order, grid.side / 2),
        shape: ['windows', grid.side ** 2 / 4, 2 * width],
      },
      projection: { value: projection, shape: ['windows', embedding] },
    },
  });
  return graph.build();
}

/** [windows, 1001, 64] → [windows, 1, 256, 256]: part after part of 256 frames, in each a row for every band. */
function picture(graph: GraphBuilder, logmel: Value, melBands: number): Value {
  const parts = side / melBands;
  const normed = batchNorm(graph, logmel, { name: `${tower}.bn0`, channels: melBands });
  const stretched = cubicResample(graph, normed, { from: frames, to: side * parts });
  const byPart = transpose(graph, reshape(graph, stretched, [-1, parts, side, melBands]), [0, 1, 3, 2]);
  return reshape(graph, byPart, [-1, 1, side, side]);
}

/** [windows, 1, 256, 256] → [windows, 4096, width], row after row. */
function patchTokens(graph: GraphBuilder, image: Value, width: number): Value {
  const name = `${tower}.patch_embed`;
  const kernel = [patch, patch];
  const patches = convolution(graph, image, {
    name: `${name}.proj`,
    inputs: 1,
    outputs: width,
    kernel,
    strides: kernel,
  });
  const tokens = reshape(graph, transpose(graph, patches, [0, 2, 3, 1]), [-1, (side / patch) ** 2, width]);
  return layerNorm(graph, tokens, { name: `${name}.norm`, width });
}
