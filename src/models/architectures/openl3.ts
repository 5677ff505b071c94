import { openl3FrontEnd } from '../../dsp/openl3-mel-spectrogram.js';
import type { Graph, Value } from '../graph/graph.js';
import { createGraphBuilder } from '../graph/graph-builder.js';
import { kerasBatchNormOfOne, kerasConvolution } from '../graph/keras-layers.js';
import { maxPool, reduceMax, relu } from '../graph/layer-operators.js';
import { unsqueeze } from '../graph/shape-operators.js';
import type { Architecture, BuildOptions, CheckpointOutline } from './architecture.js';
import { shapeIn } from './shape-in.js';
import { type Probe, showProbes } from './show-probes.js';

/** The networks differ in their front ends only: their files have the same shapes. */
export type Openl3Variant = 'openl3-mel256' | 'openl3-mel128';

export const openl3MelBands: Readonly<Record<Openl3Variant, number>> = { 'openl3-mel256': 256, 'openl3-mel128': 128 };

export interface Openl3Dimensions {
  readonly melBands: number;
  /** Channels of each convolution; the last are the embedding's. */
  readonly channels: readonly number[];
}

const { frames } = openl3FrontEnd;
const convolutions = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** Numbers of the convolutions that a pooling layer follows. */
const pooled: readonly number[] = [2, 4, 6];

/** Layers with weights: a norm in front, then convolutions and norms in turn; the last convolution has none. */
const layerOf = (convolution: number): string => `layers.${2 * convolution - 1}`;
const normBehind = (convolution: number): string => `layers.${2 * convolution}`;

/**
 * The audio network of OpenL3 (Cramer et al. 2019). Input `melspectrogram` [windows, bands, 199] in dB below the largest cell of each window; output `embedding`
 * [windows, 512]: the largest value of each channel of the last convolution, before any activation.
 */
export function createOpenl3(variant: Openl3Variant): Architecture<Openl3Dimensions> {
  const melBands = openl3MelBands[variant];
  return {
    id: variant,
    version: 1,
    source: 'Cramer et al. 2019 (ICASSP); openl3 b0bf9b6, openl3/models.py, load_audio_embedding_model_from_path',
    prefixes: [''],
    anchor: ['layers.15.kernel'],
    recogniseOther: ({ tensors, values }) =>
      [...values.values()].some((name) => String(name).includes('spectrogram')) || tensors.has('layers.16.kernel')
        ? { problem: 'the file is of OpenL3 before 0.4', remedy: 'Import the file whose name ends with v0_4_0.h5.gz' }
        : undefined,
    describe: (outline) => ({ melBands, channels: channelsIn(outline) }),
    isUnused: () => false,
    outputs: ({ channels }) => [
      { name: 'embedding', columns: channels.at(-1)!, summary: 'embedding, one row a window of 1 s every 0.5 s' },
    ],
    probes: ['block1'],
    buildGraph: (dimensions, options) => buildOpenl3(variant, dimensions, options),
    shortestInput: () => {
      const data = Float32Array.from({ length: melBands * frames }, (_, index) => -40 + 30 * Math.sin(index));
      return { melspectrogram: { data, dims: [1, melBands, frames] } };
    },
  };
}

function channelsIn(outline: CheckpointOutline): readonly number[] {
  return convolutions.map((number) => shapeIn(outline, `${layerOf(number)}.kernel`, 4)[3]!);
}

function buildOpenl3(name: string, dimensions: Openl3Dimensions, options: BuildOptions = {}): Graph {
  const { melBands, channels } = dimensions;
  const graph = createGraphBuilder(name);
  const melspectrogram = graph.input('melspectrogram', 'float32', ['windows', melBands, frames]);
  const probes: Record<string, Probe> = {};
  let x: Value = unsqueeze(graph, kerasBatchNormOfOne(graph, melspectrogram, 'layers.0'), [1]);
  for (const number of convolutions) {
    const inputs = number === 1 ? 1 : channels[number - 2]!;
    const sizes = { inputs, outputs: channels[number - 1]!, kernel: [3, 3] as const };
    const isLast = number === convolutions.length;
    const norm = isLast ? {} : { norm: normBehind(number) };
    x = kerasConvolution(graph, x, { name: layerOf(number), ...sizes, ...norm });
    if (!isLast) x = relu(graph, x);
    if (pooled.includes(number)) x = maxPool(graph, x, [2, 2]);
    if (number === 2)
      probes.block1 = { value: x, shape: ['windows', channels[1]!, melBands / 2, Math.floor(frames / 2)] };
  }
  // The official pooling of the embedding of 512 is as large as what it pools: 32 x 24, or 16 x 24.
  graph.output('embedding', reduceMax(graph, x, { axes: [2, 3] }), { shape: ['windows', channels.at(-1)!] });
  showProbes(graph, { wanted: options.probes, probes });
  return graph.build();
}
