import type { Rng } from '../../src/core/rng.js';
import { normalStream, uniformStream } from './metric-recipe.js';

/** `count` normal numbers of one stream. */
export function normals(seed: number, count: number): number[] {
  return Array.from({ length: count }, normalStream(seed));
}

/** The golden files' index stream as a source of random numbers: `integer(bound)` is floor(u * bound). */
export function recipeRng(seed: number): Rng {
  const next = uniformStream(seed);
  return {
    next,
    integer: (bound) => Math.floor(next() * bound),
    normal: () => {
      throw new Error('the recipe draws indices only');
    },
  };
}

/** Values of the cluster cases by cluster: an own normal each, plus 0.8 of their cluster's normal. */
export function clusteredValues(input: {
  readonly clusterOfItem: readonly number[];
  readonly itemSeed: number;
  readonly clusterSeed: number;
}): { readonly items: readonly number[]; readonly clusters: readonly (readonly number[])[] } {
  const { clusterOfItem } = input;
  const clusterCount = Math.max(...clusterOfItem) + 1;
  const own = normals(input.itemSeed, clusterOfItem.length);
  const shared = normals(input.clusterSeed, clusterCount);
  const items = clusterOfItem.map((cluster, item) => own[item]! + 0.8 * shared[cluster]!);
  return { items, clusters: byCluster(items, clusterOfItem) };
}

/** The items of each cluster that has any, in the order of cluster ids. */
export function byCluster(items: readonly number[], clusterOfItem: readonly number[]): number[][] {
  const ids = [...new Set(clusterOfItem)].sort((a, b) => a - b);
  return ids.map((id) => items.filter((_, item) => clusterOfItem[item] === id));
}
