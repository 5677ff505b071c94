/** Element types that the graphs use. */
export type ElementType = 'float32' | 'float16' | 'float64' | 'int64' | 'int32' | 'uint8' | 'bool';

/** A number, or a name for a free dimension such as `batch`. */
export type Dimension = number | string;

/** The output of a node, an input or an initializer, by its name in the graph. */
export interface Value {
  readonly name: string;
}

/** Tagged, because ONNX tells 1 from 1.0. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly graph: Graph };

export interface Node {
  readonly operator: string;
  /** '' is ONNX itself; `com.microsoft` are onnxruntime's own operators. */
  readonly domain: string;
  readonly name: string;
  /** An empty name stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface GraphPort {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
  /** Never read by the host: in half precision it is float16 itself, without a cast at the border. */
  readonly resident?: true;
}

/** A tensor that belongs to the model. Its values are made when the file is written, one tensor at a time. */
export type Initializer = SmallInitializer | WeightInitializer;

/** Known now: shapes, axes, windows, filter banks. */
export interface SmallInitializer {
  readonly kind: 'constant';
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array;
}

/** Computed from tensors of the checkpoint; the model's floating type is applied when it is written. */
export interface WeightInitializer {
  readonly kind: 'weight';
  readonly name: string;
  readonly shape: readonly number[];
  /** Tensors of the checkpoint with the shapes that they must have; all are read before `compute`. */
  readonly sources: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Row-major values in, row-major values out. Left out: the one source as it is. */
  readonly compute?: (sources: readonly Float32Array[]) => Float32Array;
}

/** A whole network as plain data. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly nodes: readonly Node[];
  readonly initializers: readonly Initializer[];
}
