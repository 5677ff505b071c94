import { BenchError } from '../../core/errors.js';
import type { Architecture } from '../architectures/architecture.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';

/**
 * The checkpoint with the tensors of the architecture under their own names. What lies outside the prefix (optimisers, counters,
 * other networks) is not there any more. Closing it is up to the caller's original.
 */
export function withoutWrapper<Dimensions>(checkpoint: Checkpoint, architecture: Architecture<Dimensions>): Checkpoint {
  const anchors = [architecture.anchor].flat();
  const isThere = (prefix: string): boolean => anchors.some((anchor) => checkpoint.tensors.has(prefix + anchor));
  const prefix = architecture.prefixes.find(isThere);
  if (prefix === undefined) throw notThere(checkpoint, architecture);
  if (prefix === '') return checkpoint;
  const inside = [...checkpoint.tensors].filter(([name]) => name.startsWith(prefix));
  const tensors = inside.map(
    ([name, info]) => [name.slice(prefix.length), { ...info, name: name.slice(prefix.length) }] as const,
  );
  return {
    format: checkpoint.format,
    file: checkpoint.file,
    tensors: new Map(tensors),
    values: checkpoint.values,
    readFloat32: (name, range) => checkpoint.readFloat32(prefix + name, range),
    [Symbol.asyncDispose]: () => checkpoint[Symbol.asyncDispose](),
  };
}

function notThere<Dimensions>(checkpoint: Checkpoint, architecture: Architecture<Dimensions>): BenchError {
  const { id, prefixes, anchor } = architecture;
  const other = architecture.recogniseOther?.(checkpoint);
  const names = [...checkpoint.tensors.keys()];
  return new BenchError({
    code: 'checkpoint-not-fitting',
    kind: 'input',
    file: checkpoint.file,
    problem: other?.problem ?? `this is not a checkpoint of ${id}`,
    expected: `a tensor ${prefixes.flatMap((prefix) => [anchor].flat().map((name) => prefix + name)).join(' or ')}`,
    got:
      names.length === 0
        ? 'no tensors'
        : `tensors ${names.slice(0, 3).join(', ')}${names.length > 3 ? `, ... (${names.length})` : ''}`,
    remedy: other?.remedy ?? 'Import the official file of this model',
  });
}
