import type { TensorInfo, TensorType } from './checkpoint.js';
import { damaged } from './damage.js';
import { bytesPerElement } from './element-types.js';
import { checkpointLimits } from './limits.js';

/** Where the elements of a storage lie. */
export interface StorageReference {
  readonly key: string;
  readonly type: TensorType;
  /** Elements. */
  readonly length: number;
  /** First element of this storage within the one of the key; 0 but for views of old files. */
  readonly start: number;
}

/** A tensor as a view of a storage. Offset and strides are in elements. */
export interface TensorView {
  readonly storage: StorageReference;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Row-major, without gaps. Axes of length 1 may have any stride. */
export function isContiguous({ shape, strides }: TensorView): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}

/** One past the last element of the storage that the tensor reaches. */
export function endOf({ shape, strides, offset }: TensorView): number {
  if (shape.includes(0)) return offset;
  return shape.reduce((end, length, axis) => end + (length - 1) * strides[axis]!, offset) + 1;
}

/** Throws a BenchError for a shape, offset or stride that does not fit the storage. `name` is for the message. */
export function checkView(view: TensorView, { file, name }: { readonly file: string; readonly name: string }): void {
  const { shape, strides, offset, storage } = view;
  const wholes = [...shape, ...strides, offset, storage.length];
  const isSound =
    wholes.every((value) => Number.isSafeInteger(value) && value >= 0) &&
    shape.length === strides.length &&
    shape.length <= checkpointLimits.dimensions &&
    elementsOf(shape) <= checkpointLimits.elements;
  if (!isSound) {
    throw damaged(file, {
      field: name,
      problem: 'shape or strides of the tensor are not sound',
      got: `shape [${shape}], strides [${strides}], offset ${offset}`,
    });
  }
  if (endOf(view) <= storage.length) return;
  throw damaged(file, {
    field: name,
    problem: 'the tensor reaches beyond its storage',
    expected: `at most ${storage.length} elements`,
    got: `${endOf(view)}`,
  });
}

export function infoOf(name: string, { storage, shape }: TensorView): TensorInfo {
  return { name, type: storage.type, shape };
}

export function bytesOf({ type, length }: Pick<StorageReference, 'type' | 'length'>): number {
  return length * bytesPerElement[type];
}
