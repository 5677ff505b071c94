/** Element types that the readers know. `bfloat16` and `float16` are stored as 16-bit words. */
export type TensorType =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool';

/** A tensor of a checkpoint, without its values. A scalar has the shape []. */
export interface TensorInfo {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
}

/** A part of a tensor in row-major order, in elements. */
export interface ElementRange {
  readonly start: number;
  readonly end: number;
}

/** Anything that a pickle may hold beside tensors: settings, names, versions. */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly PlainValue[]
  | ReadonlyMap<PlainValue, PlainValue>
  | TensorInfo;

/**
 * Named tensors of one file, whatever its format. Opening reads names, types and shapes; values are read by range when asked
 * for, so a file may be larger than memory. Names are those of the file, without prefixes of wrappers removed; those of Keras go by the order of layers.
 */
export interface Checkpoint extends AsyncDisposable {
  readonly format: 'pytorch-zip' | 'pytorch-legacy' | 'safetensors' | 'keras-hdf5' | 'recipe';
  /** Path of the file, for messages. */
  readonly file: string;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** Values beside the tensors, by their path in the file (`xp.cfg`, `epoch`); safetensors: its metadata; Keras: names of layers. */
  readonly values: ReadonlyMap<string, PlainValue>;
  /**
   * Values in row-major order as float32; float64 is rounded, 16-bit floats are widened, integers and booleans converted. `range`
   * left out: the whole tensor. Throws a BenchError that names file, tensor and offset for an unknown name or a file that breaks off.
   */
  readFloat32(name: string, range?: ElementRange): Promise<Float32Array>;
}
