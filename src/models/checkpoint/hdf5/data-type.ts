import type { TensorType } from '../checkpoint.js';
import { damaged } from '../damage.js';
import { checkpointLimits } from '../limits.js';
import { type FileBytes, notRead } from './file-bytes.js';

/** Elements of an attribute or dataset. */
export type DataType =
  | { readonly kind: 'number'; readonly type: TensorType }
  /** Filled up with zeros. */
  | { readonly kind: 'text'; readonly bytes: number }
  /** Texts that lie in a heap. */
  | { readonly kind: 'heap-text' };

const classes = { integer: 0, float: 1, text: 3, variableLength: 9 };
const floats: Readonly<Record<number, TensorType>> = { 2: 'float16', 4: 'float32', 8: 'float64' };
const integers: Readonly<Record<number, TensorType>> = { 4: 'int32', 8: 'int64' };

/** A datatype message (section IV.A.2.d): little-endian floats and signed integers, and texts. Throws a BenchError for others. */
export function dataTypeAt(bytes: FileBytes, at: number): DataType {
  const kind = bytes.byte(at) & 15;
  const bits = bytes.byte(at + 1);
  const size = bytes.long(at + 4);
  const isLittleEndian = (bits & 1) === 0;
  if (kind === classes.text) return { kind: 'text', bytes: size };
  if (kind === classes.variableLength && (bits & 15) === 1) return { kind: 'heap-text' };
  const number =
    kind === classes.float && bytes.word(at + 10) === 8 * size
      ? floats[size]
      : kind === classes.integer && (bits & 8) !== 0
        ? integers[size]
        : undefined;
  if (number !== undefined && isLittleEndian) return { kind: 'number', type: number };
  throw notRead(bytes.file, `byte ${at}`, `a type of class ${kind} with ${size} bytes`);
}

/** Lengths of the axes by a dataspace message (section IV.A.2.b); [] for a scalar. */
export function shapeAt(bytes: FileBytes, at: number): readonly number[] {
  const version = bytes.byte(at);
  const axes = bytes.byte(at + 1);
  const isSound = (version === 1 || version === 2) && axes <= checkpointLimits.dimensions;
  if (!isSound) throw damaged(bytes.file, { field: `byte ${at}`, problem: 'the shape is not sound' });
  const first = at + (version === 1 ? 8 : 4);
  return Array.from({ length: axes }, (_, axis) => bytes.whole(first + 8 * axis));
}
