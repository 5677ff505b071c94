import { BenchError } from '../../core/errors.js';
import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import {
  add,
  averagePool,
  batchNorm,
  convolution,
  gemm,
  reduceMax,
  reduceMean,
  relu,
  sigmoid,
} from '../graph/layer-operators.js';
import { unsqueeze } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import { shapeIn } from './shape-in.js';
import { type Probe, showProbes } from './show-probes.js';

/** The two trained networks differ in their front ends only. */
export type Cnn14Variant = 'cnn14-16k' | 'cnn14-32k';

export interface Cnn14Dimensions {
  readonly melBands: number;
  /** Channels of each block. */
  readonly channels: readonly number[];
  readonly embedding: number;
  readonly classes: number;
}

/** Samples in one window of the spectrogram, by which a file tells its variant. */
const windowSamples: Readonly<Record<Cnn14Variant, number>> = { 'cnn14-16k': 512, 'cnn14-32k': 1024 };

const blocks = [1, 2, 3, 4, 5, 6] as const;

/** Five halvings leave one of 32 frames. */
const shortestFrames = 32;

/** The front end's tensors, which `dsp` computes, and PyTorch's counters. */
const unused = /^(spectrogram_extractor\.|logmel_extractor\.)|\.num_batches_tracked$/;

/**
 * PANNs CNN14 (Kong et al. 2020, arXiv:1912.10211). Input `logmel` [batch, frames, 64] in dB with at least 32 frames; outputs
 * `embedding` [batch, 2048], the ReLU of fc1, and `logits` [batch, 527] before the sigmoid.
 */
export function createCnn14(variant: Cnn14Variant): Architecture<Cnn14Dimensions> {
  return {
    id: variant,
    version: 1,
    source: 'Kong et al. 2020 (arXiv:1912.10211); audioset_tagging_cnn d2f4b8c, pytorch/models.py, Cnn14',
    prefixes: ['', 'model.'],
    anchor: 'conv_block1.conv1.weight',
    describe: (outline) => describeCnn14(outline, variant),
    isUnused: (name) => unused.test(name),
    outputs: ({ embedding, classes }) => [
      { name: 'embedding', columns: embedding, summary: 'ReLU of the layer before the classes, one row a clip' },
      { name: 'logits', columns: classes, summary: 'AudioSet classes before the sigmoid, one row a clip' },
    ],
    probes: ['block1', 'block6', 'probabilities'],
    buildGraph: (dimensions, options) => buildCnn14(variant, dimensions, options),
    shortestInput: ({ melBands }) => {
      const data = Float32Array.from({ length: shortestFrames * melBands }, (_, index) => -30 + 20 * Math.sin(index));
      return { logmel: { data, dims: [1, shortestFrames, melBands] } };
    },
  };
}

function describeCnn14(outline: CheckpointOutline, variant: Cnn14Variant): Cnn14Dimensions {
  const window = outline.tensors.get('spectrogram_extractor.stft.conv_real.weight')?.shape[2];
  if (window !== undefined && window !== windowSamples[variant]) throw otherVariant(outline.file, { variant, window });
  return {
    melBands: shapeIn(outline, 'bn0.weight', 1)[0]!,
    channels: blocks.map((block) => shapeIn(outline, `conv_block${block}.conv2.weight`, 4)[0]!),
    embedding: shapeIn(outline, 'fc1.weight', 2)[0]!,
    classes: shapeIn(outline, 'fc_audioset.weight', 2)[0]!,
  };
}

function otherVariant(file: string, { variant, window }: { variant: Cnn14Variant; window: number }): BenchError {
  const right = Object.entries(windowSamples).find(([, samples]) => samples === window)?.[0];
  return new BenchError({
    code: 'checkpoint-not-fitting',
    kind: 'input',
    file,
    field: 'spectrogram_extractor.stft.conv_real.weight',
    problem: `the network was trained on another spectrogram than that of ${variant}`,
    expected: `windows of ${windowSamples[variant]} samples`,
    got: String(window),
    remedy: right === undefined ? 'Import the official file of this model' : `Import it as ${right}`,
  });
}

function buildCnn14(name: string, dimensions: Cnn14Dimensions, options: BuildOptions = {}): Graph {
  const { melBands, channels, embedding, classes } = dimensions;
  const graph = createGraphBuilder(name);
  const logmel = graph.input('logmel', 'float32', ['batch', 'frames', melBands]);
  const probes: Record<string, Probe> = {};
  let x = unsqueeze(graph, batchNorm(graph, logmel, { name: 'bn0', channels: melBands }), [1]);
  blocks.forEach((block, index) => {
    const sizes = { inputs: index === 0 ? 1 : channels[index - 1]!, outputs: channels[index]! };
    x = convolutionBlock(graph, x, { name: `conv_block${block}`, ...sizes, pooled: block < 6 });
    const halvings = Math.min(block, 5);
    const shape = ['batch', channels[index]!, `frames_${block}`, Math.floor(melBands / 2 ** halvings)];
    probes[`block${block}`] = { value: x, shape };
  });
  const hidden = gemm(graph, pooledOverTime(graph, x), { name: 'fc1', inputs: channels.at(-1)!, outputs: embedding });
  const features = relu(graph, hidden);
  const logits = gemm(graph, features, { name: 'fc_audioset', inputs: embedding, outputs: classes });
  graph.output('embedding', features, { shape: ['batch', embedding] });
  graph.output('logits', logits, { shape: ['batch', classes] });
  probes.probabilities = { value: sigmoid(graph, logits), shape: ['batch', classes] };
  showProbes(graph, { wanted: options.probes, probes });
  return graph.build();
}

interface BlockOptions {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly pooled: boolean;
}

/** Two convolutions of 3 x 3, each with its batch norm folded in and a ReLU, then the mean of 2 x 2. */
function convolutionBlock(graph: GraphBuilder, x: Value, { name, inputs, outputs, pooled }: BlockOptions): Value {
  const layer = (from: Value, number: 1 | 2): Value => {
    const norm = { name: `${name}.bn${number}` };
    const sizes = { inputs: number === 1 ? inputs : outputs, outputs, kernel: [3, 3], padding: [1, 1] };
    return relu(graph, convolution(graph, from, { name: `${name}.conv${number}`, ...sizes, bias: false, norm }));
  };
  const activated = layer(layer(x, 1), 2);
  return pooled ? averagePool(graph, activated, [2, 2]) : activated;
}

/** [batch, channels, frames, bands] → [batch, channels]: the mean over bands, then maximum plus mean over time. */
function pooledOverTime(graph: GraphBuilder, x: Value): Value {
  const overBands = reduceMean(graph, x, { axes: [3] });
  return add(graph, reduceMax(graph, overBands, { axes: [2] }), reduceMean(graph, overBands, { axes: [2] }));
}
