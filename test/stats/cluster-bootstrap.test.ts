import { expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { basicInterval } from '../../src/stats/basic-interval.js';
import { benjaminiHochberg } from '../../src/stats/benjamini-hochberg.js';
import { bonferroni } from '../../src/stats/bonferroni.js';
import { bootstrapMeans } from '../../src/stats/bootstrap-means.js';
import { bootstrapStatistic } from '../../src/stats/bootstrap-statistic.js';
import { clusterBootstrapMeans, groupByCluster } from '../../src/stats/cluster-bootstrap.js';
import { holm } from '../../src/stats/holm.js';
import { mean } from '../../src/stats/mean.js';
import { percentileInterval } from '../../src/stats/percentile-interval.js';
import { standardErrorOfMean, variance } from '../../src/stats/variance.js';
import { normals } from '../helpers/stats-recipe.js';

const options = (seed: number) => ({ resamples: 400, rng: seededRng('cluster', seed) });

it('is the plain bootstrap for clusters of one item', () => {
  const items = normals(1, 20);
  const { itemMeans, clusterMeans } = clusterBootstrapMeans(
    items.map((item) => [item]),
    options(1),
  );
  expect(itemMeans).toEqual(clusterMeans);
  const plain = bootstrapMeans(items, options(1));
  for (const [index, value] of plain.entries()) expect(itemMeans[index]).toBeCloseTo(value, 13);
});

it('has a wider spread than single items where those of a cluster resemble each other', () => {
  const clusters = normals(2, 15).map((centre, cluster) =>
    normals(100 + cluster, 8).map((item) => centre + 0.2 * item),
  );
  const { itemMeans } = clusterBootstrapMeans(clusters, options(2));
  expect(Math.sqrt(variance(itemMeans))).toBeGreaterThan(2 * standardErrorOfMean(clusters.flat()));
});

it('groups items by ascending cluster', () => {
  expect(groupByCluster([10, 11, 12, 13], [7, 2, 7, 2])).toEqual([
    [11, 13],
    [10, 12],
  ]);
  expect(() => groupByCluster([1], [])).toThrow(RangeError);
  expect(() => clusterBootstrapMeans([], options(3))).toThrow('no clusters');
  expect(() => clusterBootstrapMeans([[1], []], options(3))).toThrow('no values');
});

it('resamples any statistic as it does means', () => {
  const values = normals(3, 12);
  const means = bootstrapStatistic(values, { ...options(4), statistic: mean });
  expect(means).toEqual(bootstrapMeans(values, options(4)));
  expect(() => bootstrapStatistic([], { ...options(4), statistic: mean })).toThrow('no values');
});

it('mirrors the percentile interval at the value', () => {
  const resampled = normals(4, 200).map((value) => value ** 2);
  const percentile = percentileInterval(resampled, 0.9);
  const basic = basicInterval(1, { resampled, level: 0.9 });
  expect(basic).toEqual({ lower: 2 - percentile.upper, upper: 2 - percentile.lower });
});

it('orders the corrections: Benjamini and Hochberg, Holm, Bonferroni', () => {
  const rng = seededRng('corrections', 1);
  const pValues = Array.from({ length: 25 }, () => rng.next() ** 3);
  const [bh, steps, most] = [benjaminiHochberg(pValues), holm(pValues), bonferroni(pValues)];
  for (const [index, p] of pValues.entries()) {
    expect(bh[index]).toBeGreaterThanOrEqual(p);
    expect(steps[index]).toBeGreaterThanOrEqual(bh[index]!);
    expect(most[index]).toBeGreaterThanOrEqual(steps[index]!);
  }
  expect(() => benjaminiHochberg([Number.NaN])).toThrow('p-value 0');
  expect(() => bonferroni([0, 2])).toThrow('p-value 1');
});
