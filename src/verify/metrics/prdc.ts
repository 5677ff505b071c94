import { z } from 'zod';
import { mapOutcome } from '../../core/outcome.js';
import { precisionRecallDensityCoverage } from '../../metrics/precision-recall-density-coverage.js';
import { compareFields } from './comparison.js';
import type { CasePart, FamilyRunner, MetricTolerance } from './family-runner.js';
import { readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';

/** Precision, recall, density and coverage by both conventions: strictly inside a ball (prdc) and on its edge too (torch-fidelity). */
export const prdc: FamilyRunner = {
  family: 'prdc',
  parts(metricCase) {
    const { real, fake, k, expected_strict: strict, expected_le: withEdge } = readFields(caseSchema, metricCase);
    const limits = toleranceOf(metricCase, tolerance);
    const compute =
      (golden: Neighbourhoods | undefined, edgeIsInside: boolean) => (): ReturnType<CasePart['compute']> =>
        mapOutcome(precisionRecallDensityCoverage(real(), fake(), { k, edgeIsInside }), (own) =>
          compareFields({ ...own }, golden ?? {}, { tolerance: limits }),
        );
    // Where all samples are equal the conventions differ, and the strict one must say that its zeros come from zero radii.
    const seen = metricCase.outcome === 'see';
    return [
      { expects: seen ? 'value with a warning' : undefined, compute: compute(strict, false) },
      { part: 'le', expects: seen ? 'value' : undefined, compute: compute(withEdge, true) },
    ];
  },
};

/** Shares of counts: what is left is the order of the division. */
const tolerance: MetricTolerance = { absolute: 1e-12, relative: 0 };

type Neighbourhoods = z.infer<typeof neighbourhoods>;

const neighbourhoods = z.strictObject({
  precision: z.number(),
  recall: z.number(),
  density: z.number(),
  coverage: z.number(),
});

const caseSchema = z.object({
  real: matrixSchema,
  fake: matrixSchema,
  k: z.int(),
  expected_strict: neighbourhoods.optional(),
  expected_le: neighbourhoods.optional(),
});
