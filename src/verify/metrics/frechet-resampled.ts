import { z } from 'zod';
import { mapOutcome } from '../../core/outcome.js';
import { type FrechetBootstrap, frechetBootstrap } from '../../metrics/frechet-bootstrap.js';
import { frechetInfinity } from '../../metrics/frechet-infinity.js';
import type { ExtrapolatedDistance } from '../../metrics/resampled-extrapolation.js';
import { quantile } from '../../stats/quantile.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, Comparison, MetricTolerance } from './family-runner.js';
import { type MetricCase, readFields, toleranceOf } from './metric-fixture.js';
import { indicesOf, matrixSchema } from './metric-recipe.js';
import { drawsOf, drawsOfStep, stepDrawsSchema } from './recipe-draws.js';

const relative = (limit: number): MetricTolerance => ({ absolute: 0, relative: limit });

const infinitySchema = z.object({
  baseline: matrixSchema,
  eval: matrixSchema,
  min_n: z.int(),
  steps: z.int(),
  indices: stepDrawsSchema,
  ns: z.array(z.int()),
  points_expected: z.array(z.number()),
  ref_value: z.looseObject({ score: z.number(), slope: z.number(), r2: z.number(), points: z.array(z.number()) }),
});

type InfinityFields = z.infer<typeof infinitySchema>;

/** The line of fadtk from its own draws; the points by an independent computation and as fadtk had them. */
export function infinityParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(infinitySchema, metricCase);
  const { baseline, min_n: smallest, steps, indices } = fields;
  return [
    {
      compute: () =>
        mapOutcome(
          frechetInfinity(baseline(), fields.eval(), { smallest, steps, rngOfStep: drawsOfStep(indices) }),
          (line) => lineComparisons(line, fields, metricCase.tol),
        ),
    },
  ];
}

function lineComparisons(
  line: ExtrapolatedDistance,
  { ns, points_expected: points, ref_value: ref }: InfinityFields,
  tol: MetricCase['tol'],
): Comparison[] {
  const { points_rel = 1e-8, score_rel = 1e-7, slope_rel = 1e-6, r2_abs = 1e-7 } = tol;
  return [
    ...compareLists(line.sizes, ns, { field: 'ns', tolerance: exact }),
    ...compareLists(line.points, points, { field: 'points', tolerance: relative(points_rel) }),
    ...compareLists(line.points, ref.points, { field: 'ref.points', tolerance: relative(points_rel) }),
    { field: 'score', own: line.intercept, golden: ref.score, tolerance: relative(score_rel) },
    { field: 'slope', own: line.slope, golden: ref.slope, tolerance: relative(slope_rel) },
    { field: 'r2', own: line.rSquared, golden: ref.r2, tolerance: { absolute: r2_abs, relative: 0 } },
  ];
}

const bootstrapSchema = z.object({
  baseline: matrixSchema,
  eval: matrixSchema,
  resamples: z.int(),
  indices: z.object({ seed: z.int(), n: z.int(), N: z.int() }),
  expected: z.strictObject({
    fad_full: z.number(),
    values_first10: z.array(z.number()),
    mean: z.number(),
    se_ddof1: z.number(),
    percentile: z.record(z.string(), z.number()),
    bias_of_bootstrap_mean: z.number(),
    bias_corrected_basic: z.tuple([z.number(), z.number()]),
    distinct_in_first10: z.array(z.int()),
  }),
});

type BootstrapFields = z.infer<typeof bootstrapSchema>;

export function bootstrapParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(bootstrapSchema, metricCase);
  const { baseline, resamples, indices } = fields;
  return [
    {
      compute: () =>
        mapOutcome(frechetBootstrap(baseline(), fields.eval(), { resamples, rng: drawsOf(indices.seed) }), (result) =>
          bootstrapComparisons(result, fields, toleranceOf(metricCase, relative(1e-9))),
        ),
    },
  ];
}

/** The percentiles are those of the resampled values; no interval of the project is made of them but the reflected one. */
function bootstrapComparisons(
  { value, resampled, mean, standardError, bias, interval }: FrechetBootstrap,
  { expected, indices }: BootstrapFields,
  tolerance: MetricTolerance,
): Comparison[] {
  const {
    values_first10: first,
    distinct_in_first10: distinct,
    percentile,
    bias_corrected_basic: basic,
    ...single
  } = expected;
  const own = { fad_full: value, mean, se_ddof1: standardError, bias_of_bootstrap_mean: bias };
  const percents = Object.keys(percentile).map((percent) => [percent, quantile(resampled, Number(percent) / 100)]);
  return [
    ...compareFields(own, single, { tolerance }),
    ...compareLists(resampled.slice(0, first.length), first, { field: 'values', tolerance }),
    ...compareFields(Object.fromEntries(percents), percentile, { tolerance, prefix: 'percentile.' }),
    ...compareLists([interval.lower, interval.upper], basic, { field: 'basic', tolerance }),
    ...compareLists(distinctDraws(indices, distinct.length), distinct, { field: 'distinct', tolerance: exact }),
  ];
}

function distinctDraws({ seed, n, N }: BootstrapFields['indices'], count: number): number[] {
  const draws = indicesOf(seed, { count: n, bound: N });
  return Array.from({ length: count }, (_, index) => new Set(draws.slice(index * N, (index + 1) * N)).size);
}
