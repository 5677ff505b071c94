import { BenchError } from '../../core/errors.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { Graph } from '../graph/graph.js';

/** Most tensors of each kind of fault that the message names. */
const mostNamed = 10;

/**
 * Holds a checkpoint against the tensors that the weights of a network's graphs are made from. Throws one BenchError that names what is missing,
 * what has another shape, and what is there but is neither used nor known to be unused.
 */
export function checkTensors(
  graphs: readonly Graph[],
  { checkpoint, isUnused }: { readonly checkpoint: Checkpoint; readonly isUnused: (name: string) => boolean },
): void {
  const expected = new Map(graphs.flatMap((graph) => [...sourcesOf(graph)]));
  const { tensors } = checkpoint;
  const missing = [...expected].filter(([name]) => !tensors.has(name)).map(([name, shape]) => `${name} [${shape}]`);
  const wrong = [...expected].flatMap(([name, shape]) => {
    const got = tensors.get(name)?.shape;
    return got === undefined || got.join() === shape.join() ? [] : [`${name} expected [${shape}] got [${got}]`];
  });
  const extra = [...tensors.values()]
    .filter(({ name }) => !expected.has(name) && !isUnused(name))
    .map(({ name, shape }) => `${name} [${shape}]`);
  if (missing.length + wrong.length + extra.length === 0) return;
  throw new BenchError({
    code: 'checkpoint-not-fitting',
    kind: 'input',
    file: checkpoint.file,
    problem: [listed('missing', missing), listed('of another shape', wrong), listed('not expected', extra)]
      .filter((part) => part !== '')
      .join('; '),
    remedy: `Import the official file of ${graphs[0]?.name}`,
  });
}

/** Each tensor that the weights are made from, with the shape that it must have. */
export function sourcesOf(graph: Graph): ReadonlyMap<string, readonly number[]> {
  const weights = graph.initializers.filter((initializer) => initializer.kind === 'weight');
  return new Map(weights.flatMap(({ sources }) => sources.map(({ name, shape }) => [name, shape] as const)));
}

function listed(fault: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  const noun = names.length === 1 ? 'tensor is' : 'tensors are';
  return `${names.length} ${noun} ${fault}: ${names.slice(0, mostNamed).join(', ')}${more}`;
}
