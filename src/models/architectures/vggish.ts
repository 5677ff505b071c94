import { BenchError } from '../../core/errors.js';
import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { convolution, gemm, maxPool, relu } from '../graph/layer-operators.js';
import { reshape, transpose } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import { shapeIn } from './shape-in.js';
import { type Probe, showProbes } from './show-probes.js';

export interface VggishDimensions {
  /** Frames and mel bands of one example: the hop of 0.96 s at 10 ms. */
  readonly frames: number;
  readonly melBands: number;
  /** Channels of each convolution. */
  readonly channels: readonly number[];
  /** Widths of the layers behind the convolutions; the last is the embedding. */
  readonly widths: readonly number[];
}

/** `nn.Sequential` indices of the convolutions; a pooling layer follows those marked. */
const convolutions = [
  { index: 0, pooled: true },
  { index: 3, pooled: true },
  { index: 6, pooled: false },
  { index: 8, pooled: true },
  { index: 11, pooled: false },
  { index: 13, pooled: true },
] as const;
const denseLayers = ['embeddings.0', 'embeddings.2', 'embeddings.4'] as const;

/**
 * VGGish (Hershey et al. 2017, arXiv:1609.09430) as torchvggish has it. Input `logmel` [examples, 96, 64]; output `embedding`
 * [examples, 128] before the last ReLU, as every Fréchet distance on VGGish takes it.
 */
export const vggish: Architecture<VggishDimensions> = {
  id: 'vggish',
  version: 1,
  source: 'Hershey et al. 2017 (arXiv:1609.09430); torchvggish f3f9096, torchvggish/vggish.py',
  prefixes: [''],
  anchor: 'features.0.weight',
  describe: describeVggish,
  // The PCA parameters of the post-processor, which no Fréchet distance uses.
  isUnused: (name) => name.startsWith('pproc.'),
  outputs: ({ widths }) => [
    {
      name: 'embedding',
      columns: widths.at(-1)!,
      summary: 'embedding before the last ReLU, one row an example of 0.96 s',
    },
  ],
  probes: ['pool1', 'features'],
  buildGraph: buildVggish,
  shortestInput: ({ frames, melBands }) => {
    const data = Float32Array.from({ length: frames * melBands }, (_, index) => Math.sin(index));
    return { logmel: { data, dims: [1, frames, melBands] } };
  },
};

function describeVggish(outline: CheckpointOutline): VggishDimensions {
  const channels = convolutions.map(({ index }) => shapeIn(outline, `features.${index}.weight`, 4)[0]!);
  const widths = denseLayers.map((name) => shapeIn(outline, `${name}.weight`, 2)[0]!);
  const [frames, melBands] = [96, 64];
  const flat = channels.at(-1)! * (frames / 16) * (melBands / 16);
  const got = shapeIn(outline, 'embeddings.0.weight', 2)[1];
  if (got === flat) return { frames, melBands, channels, widths };
  throw new BenchError({
    code: 'checkpoint-not-fitting',
    kind: 'input',
    file: outline.file,
    field: 'embeddings.0.weight',
    problem: `the layer does not fit examples of ${frames} frames and ${melBands} mel bands`,
    expected: `${flat} columns`,
    got: String(got),
    remedy: 'Import the file of torchvggish',
  });
}

function buildVggish(dimensions: VggishDimensions, options: BuildOptions = {}): Graph {
  const { frames, melBands, channels, widths } = dimensions;
  const graph = createGraphBuilder('vggish');
  const logmel = graph.input('logmel', 'float32', ['examples', frames, melBands]);
  const probes: Record<string, Probe> = {};
  let x = reshape(graph, logmel, [-1, 1, frames, melBands]);
  convolutions.forEach(({ index, pooled }, layer) => {
    const inputs = layer === 0 ? 1 : channels[layer - 1]!;
    const sizes = { inputs, outputs: channels[layer]!, kernel: [3, 3], padding: [1, 1] };
    x = relu(graph, convolution(graph, x, { name: `features.${index}`, ...sizes }));
    if (pooled) x = maxPool(graph, x, [2, 2]);
    if (layer === 0) probes.pool1 = { value: x, shape: ['examples', channels[0]!, frames / 2, melBands / 2] };
  });
  const shape = [channels.at(-1)!, frames / 16, melBands / 16];
  probes.features = { value: x, shape: ['examples', ...shape] };
  graph.output('embedding', dense(graph, x, { shape, widths }), { shape: ['examples', widths.at(-1)!] });
  showProbes(graph, { wanted: options.probes, probes });
  return graph.build();
}

/** [examples, ...shape] → [examples, embedding]. The official code flattens in the order frame, band, channel. */
function dense(
  graph: GraphBuilder,
  features: Value,
  { shape, widths }: { readonly shape: readonly number[]; readonly widths: readonly number[] },
): Value {
  const flat = shape.reduce((product, length) => product * length, 1);
  let x = reshape(graph, transpose(graph, features, [0, 2, 3, 1]), [-1, flat]);
  denseLayers.forEach((name, layer) => {
    const inputs = layer === 0 ? flat : widths[layer - 1]!;
    x = gemm(graph, x, { name, inputs, outputs: widths[layer]! });
    if (layer < denseLayers.length - 1) x = relu(graph, x);
  });
  return x;
}
