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

export interface NormedWeightOptions {
  readonly shape: readonly number[];
  readonly spelling: WeightNormSpelling;
  /** The axis whose places have a length each, `dim` of PyTorch; the first if left out. */
  readonly lengthsOf?: 'first' | 'last';
}

/** The kernel of a layer under weight norm, g v / |v|, the length taken over all axes but one, in float64. */
export function normedWeight(graph: GraphBuilder, layer: string, options: NormedWeightOptions): Value {
  const { shape, spelling, lengthsOf = 'first' } = options;
  const { g, v } = weightNormNames(layer, spelling);
  const axis = lengthsOf === 'first' ? 0 : shape.length - 1;
  const scaled = lengthsOf === 'first' ? scaledToLengths : scaledToLastLengths;
  return graph.derivedWeight({
    name: `${layer}.weight`,
    shape,
    sources: [
      { name: g, shape: shape.map((length, index) => (index === axis ? length : 1)) },
      { name: v, shape },
    ],
    compute: ([lengths, directions]) => scaled(directions!, lengths!),
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

/** Each place of the last axis, as long as `lengths`, brought to its length. */
export function scaledToLastLengths(directions: Float32Array, lengths: Float32Array): Float32Array {
  const places = lengths.length;
  const squares = new Float64Array(places);
  for (let index = 0; index < directions.length; index++) squares[index % places]! += directions[index]! ** 2;
  const factors = squares.map((sum, place) => lengths[place]! / Math.sqrt(sum));
  return directions.map((value, index) => value * factors[index % places]!);
}
