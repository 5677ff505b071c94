import type { FloatType, WeightPlace } from './encode-model.js';
import type { WeightInitializer } from './graph.js';

/** Vector instructions want 64 bytes; a tensor that is worth mapping into memory begins a page of its own. */
const vectorBytes = 64;
const pageBytes = 4096;
const mappedFrom = 1 << 20;

/** Where each weight goes in the data file: one after the other, aligned. `totalBytes` is the size of the file. */
export function placeWeights(
  weights: readonly WeightInitializer[],
  dtype: FloatType,
): { readonly places: ReadonlyMap<string, WeightPlace>; readonly totalBytes: number } {
  const places = new Map<string, WeightPlace>();
  let end = 0;
  for (const { name, shape } of weights) {
    const length = elementsOf(shape) * (dtype === 'f16' ? 2 : 4);
    const alignment = length >= mappedFrom ? pageBytes : vectorBytes;
    const offset = Math.ceil(end / alignment) * alignment;
    places.set(name, { offset, length });
    end = offset + length;
  }
  return { places, totalBytes: end };
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
