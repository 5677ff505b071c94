import type { ByteSource } from './byte-source.js';
import type { ElementRange } from './checkpoint.js';
import { damaged, refused } from './damage.js';
import { bytesPerElement, toFloat32 } from './element-types.js';
import { checkpointLimits } from './limits.js';
import { elementsOf, endOf, isContiguous, type TensorView } from './tensor-layout.js';

export interface ReadViewOptions {
  readonly name: string;
  /** Where the storage of the tensor begins in the file. */
  readonly storageOffset: number;
  readonly range?: ElementRange | undefined;
}

/** Elements of a tensor in row-major order as float32; only what is asked for is read, but for tensors that do not lie in order. */
export async function readView(source: ByteSource, view: TensorView, options: ReadViewOptions): Promise<Float32Array> {
  const count = elementsOf(view.shape);
  const { start, end } = options.range ?? { start: 0, end: count };
  if (!(start >= 0 && start <= end && end <= count)) {
    throw damaged(source.file, {
      field: options.name,
      problem: `elements ${start} to ${end} of ${count} were asked for`,
    });
  }
  const { storage, offset } = view;
  const size = bytesPerElement[storage.type];
  const at = (element: number): number => options.storageOffset + (storage.start + element) * size;
  if (isContiguous(view)) {
    return toFloat32(await source.read(at(offset + start), (end - start) * size), storage.type);
  }
  const reach = endOf(view) - offset;
  if (reach * size > checkpointLimits.scatteredBytes) {
    throw refused(source.file, {
      field: options.name,
      problem: 'the tensor is too large for one that does not lie in order',
    });
  }
  const whole = toFloat32(await source.read(at(offset), reach * size), storage.type);
  return Float32Array.from({ length: end - start }, (_, index) => whole[placeOf(start + index, view)]!);
}

/** Row-major number of an element → its place in the storage behind the offset. */
function placeOf(element: number, { shape, strides }: TensorView): number {
  let [rest, place] = [element, 0];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place += (rest % shape[axis]!) * strides[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return place;
}
