import { z } from 'zod';
import { mersenneTwister } from '../../core/mersenne-twister.js';
import { mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import { type Matrix, zeros } from '../../linalg/matrix.js';
import { kernelInceptionDistance, polynomialDiscrepancy } from '../../metrics/kernel-inception-distance.js';
import { takeRows } from '../../metrics/take-rows.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, Comparison, MetricTolerance } from './family-runner.js';
import { type MetricCase, readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';

const tolerance: MetricTolerance = { absolute: 0, relative: 1e-9 };

const kidSchema = z.object({
  /** Left out where the sizes alone ask for a refusal. */
  X: matrixSchema.optional(),
  Y: matrixSchema.optional(),
  params: z.object({
    N: z.int().optional(),
    subsets: z.int().default(1),
    subset_size: z.int(),
    seed: z.int().default(0),
    degree: z.int().default(3),
    gamma: z.union([z.literal('1/d'), z.number()]).default('1/d'),
    coef0: z.number().default(1),
  }),
  first_two_subset_index_vectors: z.record(z.string(), z.array(z.int())).default({}),
  refs: z.record(z.string(), z.unknown()).default({}),
  poly_mmd_first_rows: z
    .object({ unbiased: z.number(), biased: z.number(), 'u-statistic': z.number(), n: z.int() })
    .optional(),
});

type KidFields = z.infer<typeof kidSchema>;

/** The float64 results of the tools, which agree: there is no other standard for random subsets. */
const tools = ['torch_fidelity_poly_f64', 'av_benchmark_f64', 'audioldm_eval_f64'] as const;

const toolResult = z.object({
  kernel_inception_distance_mean: z.number(),
  kernel_inception_distance_std: z.number(),
});

export function kidParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(kidSchema, metricCase);
  const limits = toleranceOf(metricCase, tolerance);
  const parts: CasePart[] = [{ compute: () => distanceComparisons(fields, limits) }];
  const { X, Y, poly_mmd_first_rows: golden } = fields;
  if (X !== undefined && Y !== undefined && golden !== undefined) {
    parts.push({ part: 'estimates', compute: () => ok(estimateComparisons([X(), Y()], golden, limits)) });
  }
  return parts;
}

function distanceComparisons(fields: KidFields, limits: MetricTolerance): Outcome<Comparison[]> {
  const { X, Y, params } = fields;
  const sized = zeros(params.N ?? 0, 1);
  const [x, y] = [X?.() ?? sized, Y?.() ?? sized];
  const { subsets, subset_size: subsetSize, seed, degree, coef0: constant } = params;
  const gamma = params.gamma === '1/d' ? 1 / x.columns : params.gamma;
  const options = { subsets, subsetSize, degree, gamma, constant, random: mersenneTwister(seed) };
  return mapOutcome(kernelInceptionDistance(x, y, options), ({ mean, deviation }) => {
    const own = { kernel_inception_distance_mean: mean, kernel_inception_distance_std: deviation };
    return [...toolComparisons(own, fields, limits), ...drawComparisons(fields, [x.rows, y.rows])];
  });
}

function toolComparisons(own: z.infer<typeof toolResult>, { refs }: KidFields, limits: MetricTolerance): Comparison[] {
  return tools.flatMap((tool) => {
    const golden = toolResult.safeParse(refs[tool]);
    if (!golden.success) return [];
    // Subsets of a whole set are the same rows in another order: their deviation is the rounding of the mean.
    const absolute = limits.absolute + limits.relative * Math.abs(golden.data.kernel_inception_distance_mean);
    const { kernel_inception_distance_std: std, kernel_inception_distance_mean: mean } = golden.data;
    return [
      ...compareFields(own, { kernel_inception_distance_mean: mean }, { tolerance: limits, prefix: `${tool}.` }),
      ...compareFields(
        own,
        { kernel_inception_distance_std: std },
        { tolerance: { ...limits, absolute }, prefix: `${tool}.` },
      ),
    ];
  });
}

/** The rows of the first subsets, which show where a difference of the distance comes from. */
function drawComparisons(
  { params, first_two_subset_index_vectors: stated }: KidFields,
  rows: readonly [number, number],
): Comparison[] {
  const random = mersenneTwister(params.seed);
  const draws: Record<string, number[]> = {};
  for (const step of [0, 1]) {
    draws[`step${step}_X`] = random.sample(rows[0], params.subset_size);
    draws[`step${step}_Y`] = random.sample(rows[1], params.subset_size);
  }
  return Object.entries(stated).flatMap(([field, golden]) =>
    compareLists(draws[field]?.slice(0, golden.length) ?? [], golden, { field, tolerance: exact }),
  );
}

function estimateComparisons(
  [x, y]: readonly [Matrix, Matrix],
  { n, ...golden }: NonNullable<KidFields['poly_mmd_first_rows']>,
  limits: MetricTolerance,
): Comparison[] {
  const first = Array.from({ length: n }, (_, row) => row);
  const { unbiased, biased, uStatistic } = polynomialDiscrepancy(takeRows(x, first), takeRows(y, first));
  return compareFields({ unbiased, biased, 'u-statistic': uStatistic }, golden, { tolerance: limits });
}
