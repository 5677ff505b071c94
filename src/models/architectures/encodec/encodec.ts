import type { Graph, Value } from '../../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../../graph/graph-builder.js';
import { add } from '../../graph/layer-operators.js';
import { lstm } from '../../graph/lstm.js';
import { gather, slice, squeeze, transpose } from '../../graph/shape-operators.js';
import { normedWeight } from '../../graph/weight-norm.js';
import type { Architecture } from '../architecture.js';
import { describeEncodec, type EncodecDimensions, encodecNames, recogniseOtherThanEncodec } from './dimensions.js';
import { paddedConvolution } from './padded-convolution.js';

const source =
  'Défossez et al. 2022 (arXiv:2210.13438); transformers 4.51.1, models/encodec/modeling_encodec.py; audiocraft 1.2.0, modules/seanet.py';
/** Reflection needs more frames than it puts on. */
const shortestFrames = 8;

const shared = {
  version: 1,
  source,
  prefixes: ['', 'best_state.'],
  recogniseOther: recogniseOtherThanEncodec,
  describe: describeEncodec,
  // Both networks come from one file, beside the encoder and what training keeps of the codebooks.
  isUnused: (name: string): boolean =>
    /^encoder\.|^decoder\.(layers|model)\.\d+\.(conv|convtr|lstm|block)\.|^quantizer\..*codebook\.\w+$/.test(name),
  anchor: ['decoder.layers.1.lstm.weight_ih_l0', 'decoder.model.1.lstm.weight_ih_l0'],
  probes: [],
} as const;

/**
 * The first half of the decoder of EnCodec at 32 kHz as MusicGen and VidMuse use it (not causal): sums of the codes' vectors, a convolution, an
 * LSTM. Inputs `codes` [batch, codebooks, frames], int64; `keep` [2], int64: which frames go on behind the convolution, so that a part of a
 * track can bring neighbours on both sides; `hidden`, `cell` [layers, batch, width], zeros at the beginning of a track. Outputs `latent`
 * [batch, frames, width] and the states behind it, `hidden_after` and `cell_after`.
 */
export const encodecLatent: Architecture<EncodecDimensions> = {
  ...shared,
  id: 'encodec-latent',
  outputs: ({ channels }) => [
    { name: 'latent', columns: channels[0]!, summary: 'one row a frame of codes, 50 a second' },
    { name: 'hidden_after', columns: channels[0]!, summary: 'state of the LSTM' },
    { name: 'cell_after', columns: channels[0]!, summary: 'state of the LSTM' },
  ],
  buildGraph: buildLatent,
  shortestInput: ({ codebooks, codebookSize, lstmLayers, channels }) => {
    const state = { data: new Float32Array(lstmLayers * channels[0]!), dims: [lstmLayers, 1, channels[0]!] };
    const data = BigInt64Array.from({ length: codebooks * shortestFrames }, (_, n) => BigInt((n * 37) % codebookSize));
    return {
      codes: { data, dims: [1, codebooks, shortestFrames] },
      keep: { data: BigInt64Array.of(0n, BigInt(shortestFrames)), dims: [2] },
      hidden: state,
      cell: state,
    };
  },
};

/** The second half: from `latent` [batch, frames, width] to `audio` [batch, samples, 1], as many samples a frame as the ratios' product (640). */
export const encodecSamples: Architecture<EncodecDimensions> = {
  ...shared,
  id: 'encodec-samples',
  outputs: () => [{ name: 'audio', columns: 1, summary: 'samples at 32 kHz, one channel' }],
  buildGraph: buildSamples,
  shortestInput: ({ channels }) => {
    const length = shortestFrames * channels[0]!;
    const data = Float32Array.from({ length }, (_, n) => Math.sin(n));
    return { latent: { data, dims: [1, shortestFrames, channels[0]!] } };
  },
};

function buildLatent(dimensions: EncodecDimensions): Graph {
  const { layout, codebooks, codebookSize, codeWidth, channels, lstmLayers, kernel } = dimensions;
  const { layer, convolution, codebook } = encodecNames[layout];
  const width = channels[0]!;
  const graph = createGraphBuilder('encodec-latent');
  const codes = graph.input('codes', 'int64', ['batch', codebooks, 'frames']);
  const keep = graph.input('keep', 'int64', [2]);
  const hidden = graph.input('hidden', 'float32', [lstmLayers, 'batch', width]);
  const cell = graph.input('cell', 'float32', [lstmLayers, 'batch', width]);
  const vectors = Array.from({ length: codebooks }, (_, index) => {
    const ids = squeeze(graph, slice(graph, codes, { axis: 1, start: index, end: index + 1 }), [1]);
    return gather(graph, graph.weight(codebook(index), [codebookSize, codeWidth]), { indices: ids });
  });
  const sum = vectors.reduce((total, vector) => add(graph, total, vector));
  const first = { ...dimensions, name: `${layer(0)}.${convolution}`, from: codeWidth, to: width, kernel };
  const convolved = paddedConvolution(graph, transpose(graph, sum, [0, 2, 1]), first);
  const bound = (place: number): Value => slice(graph, keep, { axis: 0, start: place, end: place + 1 });
  const kept = slice(graph, convolved, { axis: 2, start: bound(0), end: bound(1) });
  const steps = transpose(graph, kept, [2, 0, 1]);
  const options = { name: `${layer(1)}.lstm`, layers: lstmLayers, width, states: { hidden, cell } };
  const { outputs, states } = lstm(graph, steps, options);
  const shape = [lstmLayers, 'batch', width];
  graph.output('latent', transpose(graph, add(graph, steps, outputs), [1, 0, 2]), { shape: ['batch', 'kept', width] });
  graph.output('hidden_after', states.hidden, { shape });
  graph.output('cell_after', states.cell, { shape });
  return graph.build();
}

function buildSamples(dimensions: EncodecDimensions): Graph {
  const { layout, channels, ratios, kernel } = dimensions;
  const { layer, convolution } = encodecNames[layout];
  const graph = createGraphBuilder('encodec-samples');
  const latent = graph.input('latent', 'float32', ['batch', 'frames', channels[0]!]);
  let x = transpose(graph, latent, [0, 2, 1]);
  ratios.forEach((_, stage) => {
    x = risingStage(graph, x, { ...dimensions, stage });
  });
  const last = { name: `${layer(3 * ratios.length + 3)}.${convolution}`, from: channels.at(-1)!, to: 1, kernel };
  const audio = paddedConvolution(graph, elu(graph, x), { ...dimensions, ...last });
  graph.output('audio', transpose(graph, audio, [0, 2, 1]), { shape: ['batch', 'samples', 1] });
  return graph.build();
}

/** ELU, a transposed convolution without its surplus on both ends, and the residual block. */
function risingStage(graph: GraphBuilder, x: Value, options: EncodecDimensions & { readonly stage: number }): Value {
  const { layout, stage, channels, ratios, residualChannels, residualKernel, weightNorm } = options;
  const { layer, convolution, rising } = encodecNames[layout];
  const [from, to, ratio] = [channels[stage]!, channels[stage + 1]!, ratios[stage]!];
  const name = `${layer(3 + 3 * stage)}.${rising}`;
  const right = Math.floor(ratio / 2);
  const weight = normedWeight(graph, name, { shape: [from, to, 2 * ratio], spelling: weightNorm });
  const raised = graph.node('ConvTranspose', [elu(graph, x), weight, graph.weight(`${name}.bias`, [to])], {
    attributes: {
      strides: { ints: [ratio] },
      kernel_shape: { ints: [2 * ratio] },
      pads: { ints: [ratio - right, right] },
    },
  });
  const block = `${layer(4 + 3 * stage)}.block`;
  const inner = residualChannels[stage]!;
  const first = { name: `${block}.1.${convolution}`, from: to, to: inner, kernel: residualKernel };
  const hidden = paddedConvolution(graph, elu(graph, raised), { ...options, ...first });
  const second = { name: `${block}.3.${convolution}`, from: inner, to, kernel: 1 };
  return add(graph, raised, paddedConvolution(graph, elu(graph, hidden), { ...options, ...second }));
}

function elu(graph: GraphBuilder, x: Value): Value {
  return graph.node('Elu', [x]);
}
