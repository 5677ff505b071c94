import { affine, scaledRows, transposeMatrix } from './fold.js';
import type { Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';
import { add, multiply } from './layer-operators.js';

/** Of Keras' BatchNormalization; PyTorch's is 1e-5. */
const epsilon = 1e-3;

interface Source {
  readonly name: string;
  readonly shape: readonly number[];
}

function normSources(name: string, channels: number): Source[] {
  return ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) => ({
    name: `${name}.${part}`,
    shape: [channels],
  }));
}

/** A batch norm in evaluation over one channel, which is not an axis of x: one product and one sum. */
export function kerasBatchNormOfOne(graph: GraphBuilder, x: Value, name: string): Value {
  const sources = normSources(name, 1);
  const part = (which: 'scale' | 'shift'): Value =>
    graph.derivedWeight({
      ...{ name: `${name}.${which}`, shape: [1], sources },
      compute: (tensors) => Float32Array.from(affine(tensors, epsilon)[which]),
    });
  return add(graph, multiply(graph, x, part('scale')), part('shift'));
}

export interface KerasConvolutionOptions {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Odd lengths, height and width. */
  readonly kernel: readonly [number, number];
  /** The batch norm behind it, computed into weights and bias. */
  readonly norm?: string;
}

/** Conv2D with padding `same`: [batch, inputs, height, width] → [batch, outputs, height, width]; `name.kernel` is [...kernel, inputs, outputs]. */
export function kerasConvolution(graph: GraphBuilder, x: Value, options: KerasConvolutionOptions): Value {
  const { name, inputs, outputs, kernel, norm } = options;
  const ofNorm = norm === undefined ? [] : normSources(norm, outputs);
  const places = kernel[0] * kernel[1];
  const weight = graph.derivedWeight({
    name: `${name}.weight`,
    shape: [outputs, inputs, ...kernel],
    sources: [{ name: `${name}.kernel`, shape: [...kernel, inputs, outputs] }, ...ofNorm],
    compute: ([own, ...ofTheNorm]) => {
      const turned = outputsFirst(own!, { places, inputs, outputs });
      return norm === undefined ? turned : scaledRows(turned, affine(ofTheNorm, epsilon).scale);
    },
  });
  const bias = graph.derivedWeight({
    name: `${name}.shift`,
    shape: [outputs],
    sources: [{ name: `${name}.bias`, shape: [outputs] }, ...ofNorm],
    compute: ([own, ...ofTheNorm]) => (norm === undefined ? own! : shifted(own!, ofTheNorm)),
  });
  const half = kernel.map((length) => (length - 1) / 2);
  return graph.node('Conv', [x, weight, bias], {
    attributes: { kernel_shape: { ints: kernel }, pads: { ints: [...half, ...half] } },
  });
}

function shifted(bias: Float32Array, norm: readonly Float32Array[]): Float32Array {
  const { scale, shift } = affine(norm, epsilon);
  return Float32Array.from(shift, (value, channel) => value + bias[channel]! * scale[channel]!);
}

/** [places, inputs, outputs] → [outputs, inputs, places]. */
function outputsFirst(
  kernel: Float32Array,
  { places, inputs, outputs }: { readonly places: number; readonly inputs: number; readonly outputs: number },
): Float32Array {
  const rows = transposeMatrix(kernel, [places * inputs, outputs]);
  const length = places * inputs;
  for (let output = 0; output < outputs; output++) {
    const row = rows.subarray(output * length, (output + 1) * length);
    row.set(transposeMatrix(row.slice(), [places, inputs]));
  }
  return rows;
}
