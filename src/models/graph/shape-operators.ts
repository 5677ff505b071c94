import type { ElementType, Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';

/** Numbers as an int64 vector: shapes, axes, bounds. */
export function integers(graph: GraphBuilder, values: readonly number[]): Value {
  return graph.constant(BigInt64Array.from(values, BigInt));
}

/** One float32 number that broadcasts against everything. */
export function scalar(graph: GraphBuilder, value: number): Value {
  return graph.constant(Float32Array.of(value), { shape: [] });
}

/** A length of 0 takes over the input's, -1 (once) takes what is left. */
export function reshape(graph: GraphBuilder, x: Value, shape: readonly number[] | Value): Value {
  return graph.node('Reshape', [x, isValue(shape) ? shape : integers(graph, shape)]);
}

export function transpose(graph: GraphBuilder, x: Value, axes: readonly number[]): Value {
  return graph.node('Transpose', [x], { attributes: { perm: { ints: axes } } });
}

export function unsqueeze(graph: GraphBuilder, x: Value, axes: readonly number[]): Value {
  return graph.node('Unsqueeze', [x, integers(graph, axes)]);
}

export function squeeze(graph: GraphBuilder, x: Value, axes: readonly number[]): Value {
  return graph.node('Squeeze', [x, integers(graph, axes)]);
}

export function concat(graph: GraphBuilder, parts: readonly Value[], axis: number): Value {
  return graph.node('Concat', parts, { attributes: { axis: { int: axis } } });
}

export interface SliceOptions {
  readonly axis: number;
  /** Negative: from the end. */
  readonly start: number | Value;
  /** Exclusive; left out: to the end. A Value is an int64 vector of one element. */
  readonly end?: number | Value;
  readonly step?: number;
}

export function slice(graph: GraphBuilder, x: Value, { axis, start, end, step = 1 }: SliceOptions): Value {
  const bound = (value: number | Value): Value => (isValue(value) ? value : integers(graph, [value]));
  // onnxruntime clamps to the axis; 2^31 - 1 is exact in every number type on the way.
  const inputs = [x, bound(start), bound(end ?? 2 ** 31 - 1), integers(graph, [axis]), integers(graph, [step])];
  return graph.node('Slice', inputs);
}

/** Parts of the given lengths along an axis. */
export function split(
  graph: GraphBuilder,
  x: Value,
  { axis, lengths }: { readonly axis: number; readonly lengths: readonly number[] },
): Value[] {
  const options = { attributes: { axis: { int: axis } }, count: lengths.length };
  return graph.nodes('Split', [x, integers(graph, lengths)], options);
}

/** Rows of `table` along `axis` by integer indices; a number takes one row and drops the axis. */
export function gather(
  graph: GraphBuilder,
  table: Value,
  { indices, axis = 0 }: { readonly indices: Value | number; readonly axis?: number },
): Value {
  const rows = isValue(indices) ? indices : graph.constant(BigInt64Array.of(BigInt(indices)), { shape: [] });
  return graph.node('Gather', [table, rows], { attributes: { axis: { int: axis } } });
}

/** Lengths of the axes from `start` up to `end` (exclusive) as an int64 vector. */
export function shapeOf(
  graph: GraphBuilder,
  x: Value,
  { start = 0, end }: { start?: number; end?: number } = {},
): Value {
  const attributes = { start: { int: start }, ...(end === undefined ? {} : { end: { int: end } }) };
  return graph.node('Shape', [x], { attributes });
}

/** Repeats axes of length 1 until they fit `shape`. */
export function expand(graph: GraphBuilder, x: Value, shape: readonly number[] | Value): Value {
  return graph.node('Expand', [x, isValue(shape) ? shape : integers(graph, shape)]);
}

/** Codes of TensorProto.DataType in onnx.proto3 (github.com/onnx/onnx, v1.17.0). */
export const elementTypeCodes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

export function cast(graph: GraphBuilder, x: Value, to: ElementType): Value {
  return graph.node('Cast', [x], { attributes: { to: { int: elementTypeCodes[to] } } });
}

function isValue(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
