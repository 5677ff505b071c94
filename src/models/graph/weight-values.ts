import { BenchError } from '../../core/errors.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { FloatType } from './encode-model.js';
import { largestFloat16, toFloat16 } from './float16.js';
import type { WeightInitializer } from './graph.js';
import { elementsOf } from './weight-places.js';

/** Elements that are read and converted at a time: 16 MiB of float32. */
const chunkElements = 4 << 20;

/**
 * The bytes of one weight in order. A tensor that is taken as it is comes in parts; one that is computed needs its sources in
 * memory. Throws a BenchError for values that are not finite or do not fit `dtype`.
 */
export async function* weightBytes(
  weight: WeightInitializer,
  { checkpoint, dtype }: { readonly checkpoint: Checkpoint; readonly dtype: FloatType },
): AsyncGenerator<Uint8Array> {
  for await (const values of valuesOf(weight, checkpoint)) {
    for (let start = 0; start < values.length; start += chunkElements) {
      const part = values.subarray(start, start + chunkElements);
      checkRange(part, { weight, file: checkpoint.file, dtype });
      const stored = dtype === 'f16' ? toFloat16(part) : part;
      yield new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    }
  }
}

async function* valuesOf(weight: WeightInitializer, checkpoint: Checkpoint): AsyncGenerator<Float32Array> {
  const { sources, compute, shape } = weight;
  const count = elementsOf(shape);
  if (compute !== undefined) {
    const tensors: Float32Array[] = [];
    for (const { name } of sources) tensors.push(await checkpoint.readFloat32(name));
    const values = compute(tensors);
    if (values.length !== count) throw new TypeError(`${weight.name}: computed ${values.length} values for [${shape}]`);
    yield values;
    return;
  }
  const { name } = sources[0]!;
  for (let start = 0; start < count; start += chunkElements) {
    yield await checkpoint.readFloat32(name, { start, end: Math.min(start + chunkElements, count) });
  }
}

interface RangeContext {
  readonly weight: WeightInitializer;
  readonly file: string;
  readonly dtype: FloatType;
}

function checkRange(values: Float32Array, { weight, file, dtype }: RangeContext): void {
  // Halfway between the largest float16 and the next power of two is the first value that rounds to infinity.
  const limit = dtype === 'f16' ? 65520 : Number.POSITIVE_INFINITY;
  const index = firstBeyond(values, limit);
  if (index === values.length) return;
  const tooLarge = Number.isFinite(values[index]);
  throw new BenchError({
    code: tooLarge ? 'weights-exceed-float16' : 'weights-not-finite',
    kind: 'input',
    file,
    field: weight.sources.map(({ name }) => name).join(', '),
    problem: tooLarge ? 'a weight is too large for float16' : 'a weight is not a finite number',
    expected: tooLarge ? `at most ${largestFloat16}` : 'finite numbers',
    got: String(values[index]),
    remedy: tooLarge ? 'Import with --dtype f32' : 'Get the file again: it is damaged, or not the official one',
  });
}

/** Index of the first value that is not below the limit in magnitude, NaN included; the length where all are. */
function firstBeyond(values: Float32Array, limit: number): number {
  // A plain loop: findIndex takes several times as long, and this sees each weight of gigabytes.
  let index = 0;
  while (index < values.length && Math.abs(values[index]!) < limit) index++;
  return index;
}
