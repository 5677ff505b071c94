import { describe, expect, it } from 'vitest';
import { bcaInterval } from '../../src/stats/bca-interval.js';
import { bootstrapMeans } from '../../src/stats/bootstrap-means.js';
import { leaveOneOutMeans } from '../../src/stats/leave-one-out-means.js';
import { mean } from '../../src/stats/mean.js';
import { percentileInterval } from '../../src/stats/percentile-interval.js';
import { quantile } from '../../src/stats/quantile.js';
import { variance } from '../../src/stats/variance.js';
import { expectAllClose } from '../helpers/all-close.js';
import { readGolden } from '../helpers/metric-recipe.js';
import { byCluster, clusteredValues, normals, recipeRng } from '../helpers/stats-recipe.js';

interface BootstrapCase {
  readonly id: string;
  readonly metric: 'bootstrap';
  readonly input: {
    readonly x: { readonly seed: number; readonly n: number };
    readonly resamples: number;
    readonly indices: { readonly seed: number };
  };
  readonly expected: {
    readonly mean: number;
    readonly se_ddof1: number;
    readonly percentile_mean: Readonly<Record<string, number>>;
    readonly bca_95_mean: { readonly ci: readonly number[] };
    readonly first3: readonly number[];
  };
}

interface ClusterCase {
  readonly id: string;
  readonly metric: 'cluster-bootstrap';
  readonly input: {
    readonly cluster_of_item: readonly number[];
    readonly x: { readonly s1: number; readonly s2: number };
    readonly y: { readonly s3: number };
    readonly resamples: number;
    readonly indices: { readonly seed: number };
  };
  readonly expected: { readonly mean: number; readonly percentile95_cluster_mean_of_means: readonly number[] };
}

const tolerance = { rtol: 1e-9, atol: 1e-12 };
const { cases } = readGolden<BootstrapCase | ClusterCase>('stats');

describe.each(cases.filter((one) => one.metric === 'bootstrap'))('$id', ({ input, expected }) => {
  const values = normals(input.x.seed, input.x.n).map((normal) => 2 * normal + 1);
  const value = mean(values);
  const resampled = bootstrapMeans(values, { resamples: input.resamples, rng: recipeRng(input.indices.seed) });

  it('resampled means', () => {
    expectAllClose([value, ...resampled.slice(0, 3)], [expected.mean, ...expected.first3], tolerance);
    expectAllClose([Math.sqrt(variance(resampled))], [expected.se_ddof1], tolerance);
  });

  it('quantiles and percentile interval', () => {
    for (const [percent, limit] of Object.entries(expected.percentile_mean)) {
      expectAllClose([quantile(resampled, Number(percent) / 100)], [limit], tolerance);
    }
    const { lower, upper } = percentileInterval(resampled, 0.95);
    expectAllClose([lower, upper], [expected.percentile_mean['2.5']!, expected.percentile_mean['97.5']!], tolerance);
  });

  it('BCa interval', () => {
    const outcome = bcaInterval({ value, resampled, leaveOneOut: leaveOneOutMeans(values), level: 0.95 });
    if (outcome.status !== 'ok') expect.fail('no interval');
    expectAllClose([outcome.value.lower, outcome.value.upper], expected.bca_95_mean.ci, tolerance);
  });
});

describe.each(cases.filter((one) => one.metric === 'cluster-bootstrap'))('$id', ({ input, expected }) => {
  it('percentile interval of the mean of cluster means', () => {
    const clusterOfItem = input.cluster_of_item;
    const { items, clusters } = clusteredValues({ clusterOfItem, itemSeed: input.x.s1, clusterSeed: input.x.s2 });
    expectAllClose([mean(items)], [expected.mean], tolerance);
    expect(byCluster(items, clusterOfItem)).toEqual(clusters);
    const rng = recipeRng(input.indices.seed);
    const resampled = bootstrapMeans(clusters.map(mean), { resamples: input.resamples, rng });
    const { lower, upper } = percentileInterval(resampled, 0.95);
    expectAllClose([lower, upper], expected.percentile95_cluster_mean_of_means, tolerance);
  });
});

describe('bcaInterval', () => {
  it('is not defined when all resamples lie on one side', () => {
    const outcome = bcaInterval({ value: 5, resampled: [1, 2, 3], leaveOneOut: [1, 2], level: 0.95 });
    expect(outcome).toMatchObject({ status: 'skipped', reason: expect.stringContaining('one side') });
  });

  it('is not defined without any influence of single values', () => {
    const outcome = bcaInterval({ value: 2, resampled: [1, 2, 3], leaveOneOut: [2, 2, 2], level: 0.95 });
    expect(outcome).toMatchObject({ status: 'skipped', reason: expect.stringContaining('leave-one-out') });
  });

  it('stays inside the resampled values for an extreme skewness', () => {
    const values = [...Array<number>(39).fill(0), 1];
    const resampled = bootstrapMeans(values, { resamples: 500, rng: recipeRng(3) });
    const outcome = bcaInterval({ value: 1 / 40, resampled, leaveOneOut: leaveOneOutMeans(values), level: 0.95 });
    if (outcome.status !== 'ok') expect.fail('no interval');
    expect(outcome.value.lower).toBeGreaterThanOrEqual(0);
    expect(outcome.value.upper).toBeLessThanOrEqual(Math.max(...resampled));
    expect(outcome.value.upper).toBeGreaterThan(percentileInterval(resampled, 0.95).upper);
  });
});

it('a bootstrap needs values', () =>
  expect(() => bootstrapMeans([], { resamples: 10, rng: recipeRng(1) })).toThrow('no values'));
