import { streamKey, uniformAt } from '../../core/uniform-stream.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { Graph } from '../graph/graph.js';
import { sourcesOf } from '../import/check-tensors.js';

/**
 * A checkpoint with every tensor that a graph is made from, filled by formula instead of training: uniform numbers of the variance that
 * keeps signals at their size, norms around 1, everything else around 0. Same names and shapes, same values, on every machine.
 */
export function untrainedCheckpoint(graph: Graph, seed: number): Checkpoint {
  const shapes = sourcesOf(graph);
  return {
    format: 'recipe',
    file: `${graph.name} by formula`,
    tensors: new Map([...shapes].map(([name, shape]) => [name, { name, shape, type: 'float32' }])),
    values: new Map(),
    readFloat32: async (name, range) => {
      const shape = shapes.get(name)!;
      const { start, end } = range ?? { start: 0, end: shape.reduce((product, length) => product * length, 1) };
      return untrainedValues({ name, shape }, seed, { start, end });
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** Values of a tensor by formula, all or a part of them. */
export function untrainedValues(
  { name, shape }: { readonly name: string; readonly shape: readonly number[] },
  seed: number,
  { start, end }: { readonly start: number; readonly end: number } = {
    start: 0,
    end: shape.reduce((product, length) => product * length, 1),
  },
): Float32Array {
  const { center, scale } = spreadOf(name, shape);
  const key = streamKey(name, seed);
  const values = new Float32Array(end - start);
  for (let index = 0; index < values.length; index++)
    values[index] = center + scale * (2 * uniformAt(key, start + index) - 1);
  return values;
}

function spreadOf(name: string, shape: readonly number[]): { readonly center: number; readonly scale: number } {
  if (/running_var$|moving_variance$/.test(name)) return { center: 1, scale: 0.1 };
  if (shape.length < 2) return { center: /\.(weight|gamma)$/.test(name) ? 1 : 0, scale: 0.1 };
  // Tokens and positions have one row; matrices and kernels as many inputs as one row has.
  if (shape[0] === 1) return { center: 0, scale: 0.05 };
  // Keras' kernels end with the outputs.
  const inputs = (name.endsWith('.kernel') ? shape.slice(0, -1) : shape.slice(1)).reduce(
    (product, length) => product * length,
    1,
  );
  return { center: 0, scale: Math.sqrt(3 / inputs) };
}
