import { z } from 'zod';
import { mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import type { Matrix } from '../../linalg/matrix.js';
import { type PairwiseDiversity, pairwiseDiversity } from '../../metrics/pairwise-diversity.js';
import { vendiScore } from '../../metrics/vendi-score.js';
import { compareFields } from './comparison.js';
import type { CasePart, Comparison, FamilyRunner, MetricTolerance } from './family-runner.js';
import { type MetricCase, readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';

/** Vendi scores by order, and mean distances between pairs. */
export const diversity: FamilyRunner = {
  family: 'diversity',
  parts(metricCase) {
    const { X, expected } = readFields(caseSchema, metricCase);
    const { vendi = {}, ...pairwise } = expected ?? {};
    return [
      { compute: () => vendiComparisons(X(), vendi, toleranceOf(metricCase, tolerance)) },
      pairwisePart(metricCase, { X, expected: pairwise }),
    ];
  },
};

const tolerance: MetricTolerance = { absolute: 0, relative: 1e-9 };
/** Orders below 1 live on the roots of eigenvalues that are rounding noise where there are more rows than columns. */
const smallOrderTolerance = 1e-6;

const pairwiseFields = {
  mean_pairwise_cosine_distance: 'meanCosineDistance',
  median_pairwise_cosine_distance: 'medianCosineDistance',
  mean_pairwise_cosine_similarity: 'meanCosineSimilarity',
  mean_pairwise_euclidean: 'meanEuclidean',
  mean_pairwise_euclidean_unit: 'meanEuclideanOfUnitRows',
  intdiv_with_diagonal: 'internalDiversity',
} as const satisfies Readonly<Record<string, keyof PairwiseDiversity>>;

const caseSchema = z.object({
  X: matrixSchema,
  expected: z
    .looseObject({ vendi: z.record(z.string(), z.number()) })
    .catchall(z.number())
    .optional(),
});

/** Scores of the orders that are stated; of order 1 where none is, which asks for a refusal. */
function vendiComparisons(
  samples: Matrix,
  golden: Readonly<Record<string, number>>,
  limits: MetricTolerance,
): Outcome<Comparison[]> {
  const orders = Object.keys(golden);
  const comparisons: Comparison[] = [];
  for (const name of orders.length === 0 ? ['1'] : orders) {
    const order = name === 'inf' ? Number.POSITIVE_INFINITY : Number(name);
    const score = vendiScore(samples, { order });
    if (score.status !== 'ok') return score;
    const relative = order < 1 && samples.rows > samples.columns ? smallOrderTolerance : limits.relative;
    const own = { [name]: score.value };
    comparisons.push(
      ...compareFields(own, golden[name] === undefined ? {} : { [name]: golden[name] }, {
        tolerance: { ...limits, relative: Math.max(relative, limits.relative) },
        prefix: 'vendi.',
      }),
    );
  }
  return ok(comparisons);
}

/** One sample has a Vendi score but no pairs, so a case with only the former asks for "not defined". */
function pairwisePart(
  metricCase: MetricCase,
  { X, expected }: { readonly X: () => Matrix; readonly expected: Readonly<Record<string, number>> },
): CasePart {
  const isUndefined = metricCase.outcome === 'value' && Object.keys(expected).length === 0;
  return {
    part: 'pairwise',
    expects: isUndefined ? 'undefined' : undefined,
    compute: () =>
      mapOutcome(pairwiseDiversity(X()), (values) => {
        const own = Object.entries(pairwiseFields).map(([field, name]) => [field, values[name]]);
        return compareFields(Object.fromEntries(own), expected, { tolerance: toleranceOf(metricCase, tolerance) });
      }),
  };
}
