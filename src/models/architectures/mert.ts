import { BenchError } from '../../core/errors.js';
import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { convolution, gelu, layerNorm, linear, skipLayerNorm } from '../graph/layer-operators.js';
import { type PostNormNames, postNormBlock } from '../graph/post-norm-block.js';
import { transpose, unsqueeze } from '../graph/shape-operators.js';
import { normedWeight, type WeightNormSpelling, weightNormNames } from '../graph/weight-norm.js';
import type { Architecture, CheckpointOutline } from './architecture.js';
import { blockCount } from './block-count.js';
import { shapeIn } from './shape-in.js';

export interface MertDimensions {
  /** Of each convolution of the waveform. */
  readonly channels: number;
  /** Their lengths, first to last. */
  readonly kernels: readonly number[];
  readonly width: number;
  readonly hiddenWidth: number;
  readonly depth: number;
  /** Length and groups of the convolution that tells positions. */
  readonly positionKernel: number;
  readonly positionGroups: number;
  readonly weightNorm: WeightNormSpelling;
}

/** `conv_stride` of config.json, which no tensor tells: a frame each 320 samples, 75 a second. */
const strides = [5, 2, 2, 2, 2, 2, 2] as const;
/** What one frame sees: 400 samples with the released kernels. */
const shortestSamples = 400;
const headWidth = 64;
/** Of MERT v1 95M. The larger one has 24, and no tensor tells where its norms stand. */
const blocks = 12;
const positions = 'encoder.pos_conv_embed.conv';

/**
 * MERT v1 (Li et al. 2023, arXiv:2306.00107): HuBERT base (Hsu et al. 2021, arXiv:2106.07447) with a norm over time behind the first
 * convolution and the norms behind the sums. Its own switches (`feature_extractor_cqt`, `deepnorm`, `attention_relax`,
 * `do_stable_layer_norm`, `conv_pos_batch_norm`) are off in config.json of MERT-v1-95M. Input `samples` [batch, samples] at 24 kHz;
 * outputs `layer_0` [batch, frames, 768], which goes into the first block, and `layer_1` to `layer_12`, what comes out of each.
 */
export const mert: Architecture<MertDimensions> = {
  id: 'mert',
  version: 1,
  source:
    'Li et al. 2023 (arXiv:2306.00107); m-a-p/MERT-v1-95M 12af15f, modeling_MERT.py; transformers 4.46.3, models/hubert/modeling_hubert.py',
  prefixes: ['', 'hubert.', 'mert_model.'],
  anchor: [`${positions}.weight_v`, `${positions}.parametrizations.weight.original1`],
  describe: describeMert,
  // Stands for masked frames in training.
  isUnused: (name) => name === 'masked_spec_embed',
  outputs: ({ width, depth }) =>
    Array.from({ length: depth + 1 }, (_, layer) => ({
      name: mertLayer(layer),
      columns: width,
      summary: layer === 0 ? 'before the first block, one row a frame' : `behind block ${layer}, one row a frame`,
    })),
  probes: [],
  buildGraph: buildMert,
  shortestInput: () => {
    const data = Float32Array.from({ length: shortestSamples }, (_, index) => Math.sin(index));
    return { samples: { data, dims: [1, shortestSamples] } };
  },
};

/** Name of a layer's output. */
export function mertLayer(layer: number): string {
  return `layer_${layer}`;
}

function describeMert(outline: CheckpointOutline): MertDimensions {
  const weightNorm: WeightNormSpelling = outline.tensors.has(weightNormNames(positions, 'weight-g-v').v)
    ? 'weight-g-v'
    : 'parametrizations';
  const kernelShape = (index: number): readonly number[] => shapeIn(outline, `${convolutionName(index)}.weight`, 3);
  const [width, groupWidth, positionKernel] = shapeIn(outline, weightNormNames(positions, weightNorm).v, 3) as [
    number,
    number,
    number,
  ];
  return {
    channels: kernelShape(0)[0]!,
    kernels: strides.map((_, index) => kernelShape(index)[2]!),
    width,
    hiddenWidth: shapeIn(outline, 'encoder.layers.0.feed_forward.intermediate_dense.weight', 2)[0]!,
    depth: depthIn(outline),
    positionKernel,
    positionGroups: width / groupWidth,
    weightNorm,
  };
}

function depthIn(outline: CheckpointOutline): number {
  const depth = blockCount(outline, { prefix: 'encoder.layers', tensor: 'final_layer_norm.weight' });
  if (depth === blocks) return depth;
  throw new BenchError({
    code: 'checkpoint-not-fitting',
    kind: 'input',
    file: outline.file,
    field: 'encoder.layers',
    problem: 'this is another MERT or HuBERT than the one whose graph is built',
    expected: `${blocks} blocks`,
    got: `${depth}`,
    remedy: 'Import pytorch_model.bin of m-a-p/MERT-v1-95M',
  });
}

function buildMert(dimensions: MertDimensions): Graph {
  const { width, hiddenWidth, depth } = dimensions;
  const graph = createGraphBuilder('mert');
  const samples = graph.input('samples', 'float32', ['batch', 'samples']);
  let x = withPositions(graph, frames(graph, samples, dimensions), dimensions);
  const show = (layer: number): void => graph.output(mertLayer(layer), x, { shape: ['batch', 'frames', width] });
  show(0);
  for (let block = 0; block < depth; block++) {
    const names = blockNames(`encoder.layers.${block}`);
    x = postNormBlock(graph, x, { names, width, hiddenWidth, heads: width / headWidth });
    show(block + 1);
  }
  return graph.build();
}

function convolutionName(index: number): string {
  return `feature_extractor.conv_layers.${index}.conv`;
}

/** [batch, samples] → [batch, frames, width]: seven convolutions, a norm and a linear layer. */
function frames(graph: GraphBuilder, samples: Value, { channels, kernels, width }: MertDimensions): Value {
  let x = unsqueeze(graph, samples, [1]);
  kernels.forEach((kernel, index) => {
    x = convolution(graph, x, {
      ...{ name: convolutionName(index), inputs: index === 0 ? 1 : channels, outputs: channels },
      ...{ kernel: [kernel], strides: [strides[index]!], bias: false },
    });
    x = gelu(graph, index === 0 ? normOverTime(graph, x, channels) : x);
  });
  const name = 'feature_projection';
  const normed = layerNorm(graph, transpose(graph, x, [0, 2, 1]), { name: `${name}.layer_norm`, width: channels });
  return linear(graph, normed, { name: `${name}.projection`, inputs: channels, outputs: width });
}

/** PyTorch's group norm with a group for each channel. */
function normOverTime(graph: GraphBuilder, x: Value, channels: number): Value {
  const name = 'feature_extractor.conv_layers.0.layer_norm';
  const weights = ['weight', 'bias'].map((part) => graph.weight(`${name}.${part}`, [channels]));
  return graph.node('InstanceNormalization', [x, ...weights], { attributes: { epsilon: { float: 1e-5 } } });
}

/** Adds what a long convolution over the frames tells of their places, and norms the sum. */
function withPositions(graph: GraphBuilder, x: Value, dimensions: MertDimensions): Value {
  const { width, positionKernel: kernel, positionGroups: groups, weightNorm: spelling } = dimensions;
  const weight = normedWeight(graph, positions, {
    shape: [width, width / groups, kernel],
    spelling,
    lengthsOf: 'last',
  });
  // An even kernel makes one frame too many, of which the official code drops the last.
  const pads = [Math.floor(kernel / 2), Math.floor((kernel - 1) / 2)];
  const inputs = [transpose(graph, x, [0, 2, 1]), weight, graph.weight(`${positions}.bias`, [width])];
  const placed = graph.node('Conv', inputs, {
    attributes: { kernel_shape: { ints: [kernel] }, group: { int: groups }, pads: { ints: pads } },
  });
  const sum = { skip: x, name: 'encoder.layer_norm', width };
  return skipLayerNorm(graph, transpose(graph, gelu(graph, placed), [0, 2, 1]), sum).normed;
}

function blockNames(block: string): PostNormNames {
  return {
    query: `${block}.attention.q_proj`,
    key: `${block}.attention.k_proj`,
    value: `${block}.attention.v_proj`,
    attentionOutput: `${block}.attention.out_proj`,
    attentionNorm: `${block}.layer_norm`,
    hidden: `${block}.feed_forward.intermediate_dense`,
    hiddenOutput: `${block}.feed_forward.output_dense`,
    hiddenNorm: `${block}.final_layer_norm`,
  };
}
