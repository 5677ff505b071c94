import { z } from 'zod';
import { type Outcome, ok } from '../../core/outcome.js';
import type { Rng } from '../../core/rng.js';
import { basicInterval } from '../../stats/basic-interval.js';
import { bcaCorrection, bcaInterval } from '../../stats/bca-interval.js';
import { bootstrapMeans } from '../../stats/bootstrap-means.js';
import { bootstrapStatistic } from '../../stats/bootstrap-statistic.js';
import { clusterBootstrapMeans, groupByCluster } from '../../stats/cluster-bootstrap.js';
import { leaveOneOutMeans } from '../../stats/leave-one-out-means.js';
import { mean } from '../../stats/mean.js';
import { type Interval, percentileInterval } from '../../stats/percentile-interval.js';
import { quantile } from '../../stats/quantile.js';
import { standardErrorOfMean, variance } from '../../stats/variance.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, Comparison, MetricTolerance } from './family-runner.js';
import { invalidFixture, type MetricCase, readFields } from './metric-fixture.js';
import { normalStream, uniformStream } from './metric-recipe.js';
import { statsTolerance } from './stats-tolerance.js';

const pair = z.tuple([z.number(), z.number()]);
const percentiles = z.record(z.string(), z.number());

const bootstrapSchema = z.object({
  input: z.object({
    x: z.object({ kind: z.literal('normals'), seed: z.int(), n: z.int().positive(), formula: z.literal('2*normal+1') }),
    resamples: z.int().positive(),
    indices: z.object({ seed: z.int() }),
  }),
  expected: z.strictObject({
    mean: z.number(),
    se_ddof1: z.number(),
    percentile_mean: percentiles,
    percentile_median: percentiles,
    basic_95: pair,
    bca_95_mean: z.strictObject({ z0: z.number(), a: z.number(), lo_pct: z.number(), hi_pct: z.number(), ci: pair }),
    first3: z.array(z.number()),
  }),
});

export function bootstrapPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(bootstrapSchema, metricCase);
  const tolerance = statsTolerance(metricCase);
  return { compute: () => ok(bootstrapComparisons(input, expected, tolerance)) };
}

type Bootstrap = z.infer<typeof bootstrapSchema>;

function bootstrapComparisons(
  { x, resamples, indices }: Bootstrap['input'],
  golden: Bootstrap['expected'],
  tolerance: MetricTolerance,
): Comparison[] {
  const values = normals(x.seed, x.n).map((normal) => 2 * normal + 1);
  const value = mean(values);
  const means = bootstrapMeans(values, { resamples, rng: indexStream(indices.seed) });
  const medians = bootstrapStatistic(values, {
    resamples,
    rng: indexStream(indices.seed),
    statistic: (sample) => quantile(sample, 0.5),
  });
  const bca = { value, resampled: means, leaveOneOut: leaveOneOutMeans(values), level: 0.95 };
  const correction = bcaCorrection(bca);
  const single = { mean: golden.mean, se_ddof1: golden.se_ddof1 };
  const { ci, ...corrected } = golden.bca_95_mean;
  const own =
    correction.status !== 'ok'
      ? {}
      : {
          z0: correction.value.bias,
          a: correction.value.acceleration,
          lo_pct: correction.value.lowerProbability,
          hi_pct: correction.value.upperProbability,
        };
  return [
    ...compareFields({ mean: value, se_ddof1: Math.sqrt(variance(means)) }, single, { tolerance }),
    ...percentileComparisons(means, golden.percentile_mean, { field: 'percentile_mean', tolerance }),
    ...percentileComparisons(medians, golden.percentile_median, { field: 'percentile_median', tolerance }),
    ...intervalComparisons(basicInterval(value, { resampled: means, level: 0.95 }), golden.basic_95, {
      field: 'basic_95',
      tolerance,
    }),
    ...compareFields(own, corrected, { tolerance, prefix: 'bca.' }),
    ...intervalComparisons(intervalOf(bcaInterval(bca)), ci, { field: 'bca.ci', tolerance }),
    ...compareLists(means.slice(0, golden.first3.length), golden.first3, { field: 'first3', tolerance }),
  ];
}

const clusterSchema = z.object({
  input: z.object({
    cluster_of_item: z.array(z.int().nonnegative()),
    x: z.object({ formula: z.string(), s1: z.int(), s2: z.int() }),
    y: z.object({ formula: z.string(), s3: z.int() }),
    resamples: z.int().positive(),
    indices: z.object({ seed: z.int(), over: z.literal('sorted distinct cluster ids') }),
  }),
  expected: z.strictObject({
    n_clusters: z.int(),
    mean: z.number(),
    percentile95_item_weighted: pair,
    percentile95_cluster_mean_of_means: pair,
    paired_diff_mean: z.number(),
    paired_diff_percentile95: pair,
    se: z.number(),
    naive_iid_se: z.number(),
    share_diff_le_0: z.number(),
    first3: z.array(z.number()),
  }),
});

export function clusterBootstrapPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(clusterSchema, metricCase);
  const tolerance = statsTolerance(metricCase);
  return { compute: () => ok(clusterComparisons(input, expected, tolerance)) };
}

type Cluster = z.infer<typeof clusterSchema>;

function clusterComparisons(
  input: Cluster['input'],
  golden: Cluster['expected'],
  tolerance: MetricTolerance,
): Comparison[] {
  const { x, y } = clusteredItems(input);
  const { cluster_of_item: clusterOfItem, resamples, indices } = input;
  const differences = y.map((value, item) => value - x[item]!);
  const resample = (items: readonly number[]): ReturnType<typeof clusterBootstrapMeans> =>
    clusterBootstrapMeans(groupByCluster(items, clusterOfItem), { resamples, rng: indexStream(indices.seed) });
  const drawn = resample(x);
  const drawnDifferences = resample(differences).itemMeans;
  const own = {
    mean: mean(x),
    paired_diff_mean: mean(differences),
    se: Math.sqrt(variance(drawn.itemMeans)),
    naive_iid_se: standardErrorOfMean(x),
    share_diff_le_0: drawnDifferences.filter((difference) => difference <= 0).length / resamples,
  };
  const { n_clusters, first3, ...rest } = golden;
  const {
    percentile95_item_weighted: byItem,
    percentile95_cluster_mean_of_means: byCluster,
    paired_diff_percentile95: ofDifference,
    ...single
  } = rest;
  const limits = (resampled: Float64Array): Interval => percentileInterval(resampled, 0.95);
  return [
    { field: 'n_clusters', own: new Set(clusterOfItem).size, golden: n_clusters, tolerance: exact },
    ...compareFields(own, single, { tolerance }),
    ...intervalComparisons(limits(drawn.itemMeans), byItem, { field: 'item_weighted', tolerance }),
    ...intervalComparisons(limits(drawn.clusterMeans), byCluster, { field: 'cluster_mean_of_means', tolerance }),
    ...intervalComparisons(limits(drawnDifferences), ofDifference, { field: 'paired_diff', tolerance }),
    ...compareLists(drawn.itemMeans.slice(0, first3.length), first3, { field: 'first3', tolerance }),
  ];
}

const numberPattern = '([\\d.]+)';
const xFormula = new RegExp(`^normal_i\\(seed s1\\) \\+ ${numberPattern}\\*normal_c\\(seed s2\\)\\[cluster\\]$`);
const yFormula = new RegExp(`^x \\+ ${numberPattern}\\*normal_i\\(s3\\) \\+ ${numberPattern}$`);

/** The items of both systems by their formulas, whose factors are read. */
function clusteredItems({ cluster_of_item: clusterOfItem, x, y }: Cluster['input']): { x: number[]; y: number[] } {
  const shared = readFormula(x.formula, xFormula)[0]!;
  const [spread, shift] = readFormula(y.formula, yFormula) as [number, number];
  const own = normals(x.s1, clusterOfItem.length);
  const ofCluster = normals(x.s2, Math.max(...clusterOfItem) + 1);
  const noise = normals(y.s3, clusterOfItem.length);
  const first = clusterOfItem.map((cluster, item) => own[item]! + shared * ofCluster[cluster]!);
  return { x: first, y: first.map((value, item) => value + spread * noise[item]! + shift) };
}

function readFormula(text: string, pattern: RegExp): number[] {
  const match = pattern.exec(text);
  if (match === null) throw invalidFixture({ file: 'input', field: 'formula', problem: `cannot read "${text}"` });
  return match.slice(1).map(Number);
}

function percentileComparisons(
  resampled: Float64Array,
  golden: Readonly<Record<string, number>>,
  { field, tolerance }: { readonly field: string; readonly tolerance: MetricTolerance },
): Comparison[] {
  const own = Object.keys(golden).map((percent) => [percent, quantile(resampled, Number(percent) / 100)] as const);
  return compareFields(Object.fromEntries(own), golden, { tolerance, prefix: `${field}.` });
}

function intervalComparisons(
  own: Interval | undefined,
  golden: readonly number[],
  options: { readonly field: string; readonly tolerance: MetricTolerance },
): Comparison[] {
  return compareLists(own === undefined ? [] : [own.lower, own.upper], golden, options);
}

function intervalOf(outcome: Outcome<Interval>): Interval | undefined {
  return outcome.status === 'ok' ? outcome.value : undefined;
}

function normals(seed: number, count: number): number[] {
  return Array.from({ length: count }, normalStream(seed));
}

/** The fixture's stream of indices as a source of random numbers. */
function indexStream(seed: number): Rng {
  const next = uniformStream(seed);
  return {
    next,
    integer: (bound) => Math.floor(next() * bound),
    normal: () => {
      throw new Error('the recipe draws indices only');
    },
  };
}
