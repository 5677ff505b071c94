import { z } from 'zod';
import { mersenneTwister } from '../../core/mersenne-twister.js';
import { mapOutcome } from '../../core/outcome.js';
import { inceptionScore } from '../../metrics/inception-score.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, MetricTolerance } from './family-runner.js';
import { type MetricCase, readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';

const tolerance: MetricTolerance = { absolute: 0, relative: 1e-10 };

const inceptionSchema = z.object({
  logits: matrixSchema,
  splits: z.int(),
  shuffle: z.boolean(),
  seed: z.int(),
  permutation_first: z.array(z.int()).default([]),
  expected: z.strictObject({ mean: z.number(), std_ddof0: z.number(), per_split: z.array(z.number()) }).optional(),
});

export function inceptionPart(metricCase: MetricCase): CasePart {
  const { logits, splits, shuffle, seed, permutation_first: first, expected } = readFields(inceptionSchema, metricCase);
  const limits = toleranceOf(metricCase, tolerance);
  return {
    compute() {
      const matrix = logits();
      const order = shuffle ? mersenneTwister(seed).permutation(matrix.rows) : undefined;
      const score = inceptionScore(matrix, order === undefined ? { splits } : { splits, order });
      return mapOutcome(score, ({ mean, deviation, perSplit }) =>
        expected === undefined
          ? []
          : [
              ...compareFields(
                { mean, std_ddof0: deviation },
                { mean: expected.mean, std_ddof0: expected.std_ddof0 },
                { tolerance: limits },
              ),
              ...compareLists(perSplit, expected.per_split, { field: 'per_split', tolerance: limits }),
              ...compareLists(order?.slice(0, first.length) ?? [], first, { field: 'permutation', tolerance: exact }),
            ],
      );
    },
  };
}
