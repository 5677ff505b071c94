import { BenchError } from '../core/errors.js';
import type { Checkpoint } from '../models/checkpoint/checkpoint.js';
import type { Manifest } from './golden.js';
import { elementCount, tensorValues } from './recipe.js';

/**
 * The tensors of a manifest with the values of their streams; nothing is stored, any range is made when it is read. Buffers that the
 * official code computes itself (`keep`) are listed, as in an official file, but have no values.
 */
export function recipeCheckpoint(manifest: Manifest, file: string): Checkpoint {
  const rows = new Map(manifest.tensors.map((row) => [row.name, row]));
  return {
    format: 'recipe',
    file,
    tensors: new Map([...rows.values()].map(({ name, shape }) => [name, { name, shape, type: 'float32' }])),
    values: new Map(),
    readFloat32: async (name, range) => {
      const row = rows.get(name);
      if (row === undefined || row.kind === 'keep') {
        throw new BenchError({
          code: 'tensor-not-found',
          kind: 'input',
          file,
          field: name,
          problem: 'the recipe makes no such tensor',
        });
      }
      const { start, end } = range ?? { start: 0, end: elementCount(row.shape) };
      return tensorValues(row, { seed: manifest.seed, start, end });
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
