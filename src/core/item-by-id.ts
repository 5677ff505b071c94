import { BenchError } from './errors.js';
import { nearestNames } from './nearest-names.js';

/** The item of this id. Throws the usage error `NOUN-not-found` that names the nearest ids, or all where none is near. */
export function itemById<T extends { readonly id: string }>(
  items: readonly T[],
  { id, noun }: { readonly id: string; readonly noun: string },
): T {
  const found = items.find((item) => item.id === id);
  if (found !== undefined) return found;
  const ids = items.map((item) => item.id);
  const near = nearestNames(id, ids);
  throw new BenchError({
    code: `${noun}-not-found`,
    kind: 'usage',
    problem: `there is no ${noun} '${id}'`,
    remedy: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Use one of ${ids.join(', ')}`,
  });
}
