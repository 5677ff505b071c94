import { readFileSync } from 'node:fs';
import type { Checkpoint } from '../../src/models/checkpoint/checkpoint.js';

interface Manifest {
  readonly encoder: string;
  readonly seed: number;
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    /** `keep`: a buffer that the recipe does not make. */
    readonly kind: string;
    readonly center?: number;
    readonly scale?: number;
  }[];
}

/** A checkpoint of the weights that a manifest gives by recipe: center + scale (2 u - 1), u from mulberry32 by name and seed. */
export function recipeCheckpointOf(manifestPath: string): Checkpoint {
  const { encoder, seed, tensors } = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
  const rows = new Map(tensors.map((row) => [row.name, row]));
  const infos = tensors.map(({ name, shape }) => [name, { name, type: 'float32', shape }] as const);
  return {
    format: 'recipe',
    file: encoder,
    tensors: new Map(infos),
    values: new Map(),
    async readFloat32(name, range) {
      const { shape, center, scale } = rows.get(name)!;
      if (center === undefined || scale === undefined) throw new Error(`${name} is not made by the recipe`);
      const { start, end } = range ?? { start: 0, end: shape.reduce((product, length) => product * length, 1) };
      return mulberry32((fnv1a32(name) ^ seed) >>> 0, { start, end, center, scale });
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function mulberry32(
  key: number,
  { start, end, center, scale }: { start: number; end: number; center: number; scale: number },
): Float32Array {
  const values = new Float32Array(end - start);
  let state = (key + Math.imul(start, 0x6d2b79f5)) | 0;
  for (let index = 0; index < values.length; index++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) | 0;
    values[index] = center + scale * (2 * (((mixed ^ (mixed >>> 14)) >>> 8) / 16777216) - 1);
  }
  return values;
}
