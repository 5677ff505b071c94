import type { Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';

/** Epsilon of PyTorch's batch norm. */
const defaultEpsilon = 1e-5;

interface Norm {
  readonly name: string;
  readonly epsilon?: number;
}

/** A matrix [rows, columns] of the checkpoint as [columns, rows], which MatMul wants on its right. */
export function transposed(graph: GraphBuilder, name: string, [rows, columns]: readonly [number, number]): Value {
  return transposedKernel(graph, name, [rows, columns]);
}

/** The kernel [outputs, ...kernel] of a convolution whose places do not overlap, as the matrix [product of kernel, outputs]. */
export function transposedKernel(graph: GraphBuilder, name: string, shape: readonly number[]): Value {
  const rows = shape[0]!;
  const columns = shape.slice(1).reduce((product, length) => product * length, 1);
  return graph.derivedWeight({
    name: `${name}.transposed`,
    shape: [columns, rows],
    sources: [{ name, shape }],
    compute: ([matrix]) => transposeMatrix(matrix!, [rows, columns]),
  });
}

/** Rows `first` up to `last` (exclusive) of a matrix of the checkpoint, transposed. */
export function transposedRows(
  graph: GraphBuilder,
  name: string,
  { shape, first, last }: { readonly shape: readonly [number, number]; readonly first: number; readonly last: number },
): Value {
  const columns = shape[1];
  return graph.derivedWeight({
    name: `${name}.transposed.${first}`,
    shape: [columns, last - first],
    sources: [{ name, shape }],
    compute: ([matrix]) => transposeMatrix(matrix!.subarray(first * columns, last * columns), [last - first, columns]),
  });
}

/** Elements `first` up to `last` (exclusive) of a vector of the checkpoint. */
export function vectorPart(
  graph: GraphBuilder,
  name: string,
  { length, first, last }: { readonly length: number; readonly first: number; readonly last: number },
): Value {
  return graph.derivedWeight({
    name: `${name}.${first}`,
    shape: [last - first],
    sources: [{ name, shape: [length] }],
    compute: ([vector]) => vector!.slice(first, last),
  });
}

/** [rows, columns] → [columns, rows], in tiles that stay in the cache. */
export function transposeMatrix(matrix: Float32Array, [rows, columns]: readonly [number, number]): Float32Array {
  const result = new Float32Array(matrix.length);
  const tile = 32;
  for (let firstRow = 0; firstRow < rows; firstRow += tile) {
    const lastRow = Math.min(firstRow + tile, rows);
    for (let firstColumn = 0; firstColumn < columns; firstColumn += tile) {
      const lastColumn = Math.min(firstColumn + tile, columns);
      for (let row = firstRow; row < lastRow; row++)
        for (let column = firstColumn; column < lastColumn; column++)
          result[column * rows + row] = matrix[row * columns + column]!;
    }
  }
  return result;
}

function normSources({ name }: Norm, channels: number): { readonly name: string; readonly shape: readonly number[] }[] {
  return ['weight', 'bias', 'running_mean', 'running_var'].map((part) => ({
    name: `${name}.${part}`,
    shape: [channels],
  }));
}

/** scale = weight / sqrt(var + epsilon), shift = bias - mean scale, in float64. */
export function affine(
  tensors: readonly Float32Array[],
  epsilon: number,
): { scale: Float64Array; shift: Float64Array } {
  const [weight, bias, mean, variance] = tensors as [Float32Array, Float32Array, Float32Array, Float32Array];
  const scale = Float64Array.from(weight, (value, channel) => value / Math.sqrt(variance[channel]! + epsilon));
  return { scale, shift: Float64Array.from(bias, (value, channel) => value - mean[channel]! * scale[channel]!) };
}

/** The two vectors [channels] of a batch norm in evaluation. */
export function batchNormAffine(
  graph: GraphBuilder,
  { channels, epsilon = defaultEpsilon, ...norm }: Norm & { readonly channels: number },
): { readonly scale: Value; readonly shift: Value } {
  const sources = normSources(norm, channels);
  const part = (name: 'scale' | 'shift'): Value =>
    graph.derivedWeight({
      name: `${norm.name}.${name}`,
      shape: [channels],
      sources,
      compute: (tensors) => Float32Array.from(affine(tensors, epsilon)[name]),
    });
  return { scale: part('scale'), shift: part('shift') };
}

interface FoldedOptions {
  readonly name: string;
  /** [outputs, inputs / groups, ...kernel]. */
  readonly shape: readonly number[];
  readonly bias: boolean;
  readonly norm: Norm;
}

/** Weights and bias of a convolution with the batch norm behind it, products in float64 and rounded once. */
export function foldedConvolution(graph: GraphBuilder, options: FoldedOptions): { weight: Value; bias: Value } {
  const { name, shape, norm } = options;
  const epsilon = norm.epsilon ?? defaultEpsilon;
  const outputs = shape[0]!;
  const ofNorm = normSources(norm, outputs);
  const ownBias = options.bias ? [{ name: `${name}.bias`, shape: [outputs] }] : [];
  return {
    weight: graph.derivedWeight({
      name: `${name}.weight.folded`,
      shape,
      sources: [...ofNorm, { name: `${name}.weight`, shape }],
      compute: (tensors) => scaledRows(tensors[4]!, affine(tensors, epsilon).scale),
    }),
    bias: graph.derivedWeight({
      name: `${name}.bias.folded`,
      shape: [outputs],
      sources: [...ofNorm, ...ownBias],
      compute: (tensors) => {
        const { scale, shift } = affine(tensors, epsilon);
        return Float32Array.from(shift, (value, channel) => value + (tensors[4]?.[channel] ?? 0) * scale[channel]!);
      },
    }),
  };
}

/** Each of the `scale.length` equal parts of `weight` times its scale. */
export function scaledRows(weight: Float32Array, scale: Float64Array): Float32Array {
  const rowLength = weight.length / scale.length;
  const result = new Float32Array(weight.length);
  for (let row = 0, index = 0; row < scale.length; row++) {
    const factor = scale[row]!;
    for (const end = index + rowLength; index < end; index++) result[index] = weight[index]! * factor;
  }
  return result;
}
