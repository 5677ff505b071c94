import { encodeModel } from '../graph/encode-model.js';
import type { Graph, GraphPort, Value } from '../graph/graph.js';
import { createGraphBuilder, type GraphBuilder } from '../graph/graph-builder.js';
import { add, multiply, reduceMax, reduceMean, relu, sigmoid } from '../graph/layer-operators.js';
import { type FloatTensor, readInitializers } from '../graph/read-initializers.js';
import { concat, gather, integers, slice, squeeze, transpose, unsqueeze } from '../graph/shape-operators.js';
import type { RebuiltModel } from '../session-pool.js';

const patchFrames = 187;
const melBands = 96;
/** Frames of the timbral filters (7 long) that the zeros at a window's border reach. */
const borderFrames = 3;

type Weights = ReadonlyMap<string, FloatTensor>;

/**
 * MusicNN as a network over overlapping windows of one sound: `logmel` [frames, 96] and `starts` [windows] give `penultimate`
 * [windows, 200], `tags` and `logits` [windows, 50]. `model` is the shipped file, which takes one window at a time. The timbral
 * filters, three quarters of the work, see 7 frames: inside a window they are computed once for all windows that overlap there,
 * and anew only in the 3 frames at each border, where a window sees zeros. Equal to the shipped network but for the order of some
 * sums (1e-6), in 0.6 of its time.
 */
export function musicnnWindowsModel(model: Uint8Array): RebuiltModel {
  const graph = musicnnWindowsGraph(readInitializers(model));
  const namesOf = (ports: readonly GraphPort[]): readonly string[] => ports.map(({ name }) => name);
  return {
    bytes: encodeModel(graph, { dtype: 'f32', dataFile: '', places: new Map() }),
    inputNames: namesOf(graph.inputs),
    outputNames: namesOf(graph.outputs),
  };
}

function musicnnWindowsGraph(weights: Weights): Graph {
  const graph = createGraphBuilder('musicnn-windows');
  const frames = affine(graph, graph.input('logmel', 'float32', ['frames', melBands]), { name: 'x_norm', weights });
  const starts = unsqueeze(graph, graph.input('starts', 'int64', ['windows']), [1]);
  const windows = unsqueeze(graph, gather(graph, frames, { indices: framesFrom(graph, starts, patchFrames) }), [1]);
  const sound = { frames: unsqueeze(graph, frames, [0, 1]), starts, windows };
  const front = concat(
    graph,
    [
      ...(['timbral74', 'timbral77'] as const).map((name) => timbral(graph, sound, { name, weights })),
      ...(['temporal128', 'temporal64', 'temporal32'] as const).map((name) =>
        temporal(graph, windows, { name, weights }),
      ),
    ],
    1,
  );
  outputs(graph, affine(graph, front, { name: 'front', weights }), weights);
  return graph.build();
}

interface Layer {
  readonly name: string;
  readonly weights: Weights;
}

interface Sound {
  /** [1, 1, frames, bands] */
  readonly frames: Value;
  /** [windows, 1] */
  readonly starts: Value;
  /** [windows, 1, 187, bands] */
  readonly windows: Value;
}

/** [windows, 204, 187]: the first and last 3 frames window by window, those between from the whole sound. */
function timbral(graph: GraphBuilder, { frames, starts, windows }: Sound, layer: Layer): Value {
  const filter = loudestFilter(graph, layer);
  const inner = squeeze(graph, filter(frames, [0, 0]), [0]);
  const shared = gather(graph, inner, {
    indices: framesFrom(graph, starts, patchFrames - 2 * borderFrames),
    axis: 1,
  });
  const reach = 2 * borderFrames;
  const head = slice(graph, windows, { axis: 2, start: 0, end: reach });
  const tail = slice(graph, windows, { axis: 2, start: patchFrames - reach, end: patchFrames });
  return concat(
    graph,
    [filter(head, [borderFrames, 0]), transpose(graph, shared, [1, 0, 2]), filter(tail, [0, borderFrames])],
    2,
  );
}

/** [windows, 51, 187]: filters along time, too long for anything to be shared. */
function temporal(graph: GraphBuilder, windows: Value, layer: Layer): Value {
  const length = tensor(layer.weights, `${layer.name}_w`).shape[2]!;
  return loudestFilter(graph, layer)(windows, [length / 2 - 1, length / 2]);
}

/**
 * The largest value over all bands of sign * relu(convolution), where the sign of a channel is that of the batch norm behind it. The sign
 * is taken into the weights; then the largest comes first and the border at 0 after it, which is the same and moves less memory.
 */
function loudestFilter(
  graph: GraphBuilder,
  { name, weights }: Layer,
): (x: Value, padding: readonly [before: number, after: number]) => Value {
  const filters = tensor(weights, `${name}_w`);
  const signs = tensor(weights, `${name}_sign`).data;
  const [channels, , kernelFrames, kernelBands] = filters.shape as [number, number, number, number];
  const signed = (values: Float32Array): Float32Array =>
    values.map((value, index) => value * signs[Math.floor((index * channels) / values.length)]!);
  const weight = graph.constant(signed(filters.data), { shape: filters.shape });
  const bias = graph.constant(signed(tensor(weights, `${name}_b`).data));
  const limit = (data: Float32Array): Value => graph.constant(data, { shape: [1, channels, 1] });
  const lowest = limit(signs.map((sign) => (sign > 0 ? 0 : Number.NEGATIVE_INFINITY)));
  const highest = limit(signs.map((sign) => (sign > 0 ? Number.POSITIVE_INFINITY : 0)));
  return (x, [before, after]) => {
    const convolved = graph.node('Conv', [x, weight, bias], {
      attributes: { kernel_shape: { ints: [kernelFrames, kernelBands] }, pads: { ints: [before, 0, after, 0] } },
    });
    const bands = melBands - kernelBands + 1;
    const loudest = graph.node('MaxPool', [convolved], { attributes: { kernel_shape: { ints: [1, bands] } } });
    return graph.node('Max', [graph.node('Min', [squeeze(graph, loudest, [3]), highest]), lowest]);
  };
}

function outputs(graph: GraphBuilder, front: Value, weights: Weights): void {
  const first = middle(graph, front, { name: 'mid1', weights });
  const second = add(graph, middle(graph, first, { name: 'mid2', weights }), first);
  const third = add(graph, middle(graph, second, { name: 'mid3', weights }), second);
  const all = concat(graph, [front, first, second, third], 1);
  const pooled = concat(graph, [reduceMax(graph, all, { axes: [2] }), reduceMean(graph, all, { axes: [2] })], 1);
  const hidden = relu(graph, dense(graph, pooled, { name: 'dense', weights }));
  const penultimate = affine(graph, hidden, { name: 'penultimate', weights });
  const logits = dense(graph, penultimate, { name: 'out', weights });
  graph.output('penultimate', penultimate, { shape: ['windows', 200] });
  graph.output('logits', logits, { shape: ['windows', 50] });
  graph.output('tags', sigmoid(graph, logits), { shape: ['windows', 50] });
}

/** [windows, channels, 187] → [windows, 64, 187]. */
function middle(graph: GraphBuilder, x: Value, { name, weights }: Layer): Value {
  const convolved = graph.node('Conv', [x, held(graph, weights, `${name}_w`), held(graph, weights, `${name}_b`)], {
    attributes: { kernel_shape: { ints: [7] }, pads: { ints: [3, 3] } },
  });
  return affine(graph, relu(graph, convolved), { name: `${name}_bn`, weights });
}

function dense(graph: GraphBuilder, x: Value, { name, weights }: Layer): Value {
  return graph.node('Gemm', [x, held(graph, weights, `${name}_w`), held(graph, weights, `${name}_b`)]);
}

function affine(graph: GraphBuilder, x: Value, { name, weights }: Layer): Value {
  const scaled = multiply(graph, x, held(graph, weights, `${name}_scale`));
  return add(graph, scaled, held(graph, weights, `${name}_shift`));
}

/** [windows, count]: the frames from each start on. */
function framesFrom(graph: GraphBuilder, starts: Value, count: number): Value {
  return add(
    graph,
    starts,
    integers(
      graph,
      Array.from({ length: count }, (_, frame) => frame),
    ),
  );
}

function held(graph: GraphBuilder, weights: Weights, name: string): Value {
  const { data, shape } = tensor(weights, name);
  return graph.constant(data, { shape });
}

function tensor(weights: Weights, name: string): FloatTensor {
  const found = weights.get(name);
  if (found === undefined) throw new TypeError(`the MusicNN file has no weights ${name}`);
  return found;
}
