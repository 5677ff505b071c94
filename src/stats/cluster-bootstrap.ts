import type { Rng } from '../core/rng.js';
import { mean } from './mean.js';

export interface ClusterResamples {
  /** Means over all items of the drawn clusters: a large cluster weighs more. */
  readonly itemMeans: Float64Array;
  /** Means of the drawn clusters' means: each cluster weighs the same. */
  readonly clusterMeans: Float64Array;
}

/**
 * Means of `resamples` draws of whole clusters with replacement, as many as there are: items that belong together (votes
 * of one rater, windows of one clip) resemble each other, and drawing them one by one would make intervals too narrow
 * (Davison & Hinkley 1997, ch. 3.8). `clusters`: the items of each, none empty. RangeError for no or an empty cluster.
 */
export function clusterBootstrapMeans(
  clusters: readonly (readonly number[])[],
  { resamples, rng }: { readonly resamples: number; readonly rng: Rng },
): ClusterResamples {
  if (clusters.length === 0) throw new RangeError('bootstrap of no clusters');
  const means = clusters.map((items) => mean(items));
  const itemMeans = new Float64Array(resamples);
  const clusterMeans = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let [sum, count, sumOfMeans] = [0, 0, 0];
    for (let draw = 0; draw < clusters.length; draw++) {
      const pick = rng.integer(clusters.length);
      const size = (clusters[pick] as readonly number[]).length;
      sum += (means[pick] as number) * size;
      count += size;
      sumOfMeans += means[pick] as number;
    }
    itemMeans[resample] = sum / count;
    clusterMeans[resample] = sumOfMeans / clusters.length;
  }
  return { itemMeans, clusterMeans };
}

/** The items of each cluster that has any, in ascending order of their cluster's number. */
export function groupByCluster(items: readonly number[], clusterOfItem: readonly number[]): number[][] {
  if (items.length !== clusterOfItem.length) {
    throw new RangeError(`${items.length} items with the clusters of ${clusterOfItem.length}`);
  }
  const groups = new Map<number, number[]>();
  for (const [index, item] of items.entries()) {
    const cluster = clusterOfItem[index] as number;
    groups.set(cluster, [...(groups.get(cluster) ?? []), item]);
  }
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group);
}
