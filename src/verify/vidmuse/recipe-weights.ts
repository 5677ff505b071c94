import { BenchError } from '../../core/errors.js';
import type { Checkpoint, PlainValue, TensorInfo } from '../../models/checkpoint/checkpoint.js';
import { crc32 } from '../../models/checkpoint/crc32.js';
import { elementCount, tensorValues } from '../recipe.js';
import type { RecipeRow } from './variant.js';

export interface RecipeWeights {
  readonly rows: readonly RecipeRow[];
  readonly seed: number;
  /** What stands beside the tensors: settings as text. */
  readonly values: ReadonlyMap<string, PlainValue>;
  /** Path of the recipe, for messages. */
  readonly file: string;
}

/** Weights by formula as a checkpoint. Reading a whole tensor throws a BenchError where its CRC-32 is not the stated one. */
export function recipeWeights({ rows, seed, values, file }: RecipeWeights): Checkpoint {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const tensors = rows.map(({ name, shape }): [string, TensorInfo] => [name, { name, type: 'float32', shape }]);
  return {
    format: 'recipe',
    file,
    tensors: new Map(tensors),
    values,
    readFloat32: async (name, range) => {
      const row = byName.get(name);
      if (row === undefined) throw wrong(file, name, { problem: 'the recipe makes no such tensor' });
      const values = rowValues(row, seed);
      const got = crc32(new Uint8Array(values.buffer));
      if (got !== row.crc32)
        throw wrong(file, name, {
          problem: 'the recipe does not give the stated tensor',
          expected: `CRC-32 ${row.crc32}`,
          got: String(got),
        });
      return range === undefined ? values : values.slice(range.start, range.end);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function rowValues({ name, rng_name, shape, offset, scale }: RecipeRow, seed: number): Float32Array {
  const row = { name: rng_name ?? name, shape, center: offset, scale };
  return tensorValues(row, { seed, start: 0, end: elementCount(shape) });
}

function wrong(file: string, field: string, facts: { problem: string; expected?: string; got?: string }): BenchError {
  return new BenchError({ code: 'recipe-differs', kind: 'input', file, field, ...facts });
}
