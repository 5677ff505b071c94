import type { Value } from './graph.js';
import type { GraphBuilder } from './graph-builder.js';

/** The two spellings of PyTorch: `weight_g` and `weight_v`, or since 2.0 `parametrizations.weight.original0` and `original1`. */
export type WeightNormSpelling = 'weight-g-v' | 'parametrizations';

/** Names of length and direction of a layer under weight norm. */
export function weightNormNames(
  layer: string,
  spelling: WeightNormSpelling,
): { readonly g: string; readonly v: string } {
  if (spelling === 'weight-g-v') return { g: `${layer}.weight_g`, v: `${layer}.weight_v` };
  return { g: `${layer}.parametrizations.weight.original0`, v: `${layer}.parametrizations.weight.original1` };
}

/** The kernel of a layer under weight norm, g v / |v|, the length taken over all axes but the first, in float64. */
export function normedWeight(
  graph: GraphBuilder,
  layer: string,
  { shape, spelling }: { readonly shape: readonly number[]; readonly spelling: WeightNormSpelling },
): Value {
  const { g, v } = weightNormNames(layer, spelling);
  return graph.derivedWeight({
    name: `${layer}.weight`,
    shape,
    sources: [
      { name: g, shape: [shape[0]!, ...shape.slice(1).map(() => 1)] },
      { name: v, shape },
    ],
    compute: ([lengths, directions]) => scaledToLengths(directions!, lengths!),
  });
}

/** Each of the equal parts of `directions` brought to its length. */
export function scaledToLengths(directions: Float32Array, lengths: Float32Array): Float32Array {
  const size = directions.length / lengths.length;
  const out = new Float32Array(directions.length);
  lengths.forEach((length, part) => {
    let squares = 0;
    for (let index = part * size; index < (part + 1) * size; index++) squares += directions[index]! ** 2;
    const factor = length / Math.sqrt(squares);
    for (let index = part * size; index < (part + 1) * size; index++) out[index] = directions[index]! * factor;
  });
  return out;
}
