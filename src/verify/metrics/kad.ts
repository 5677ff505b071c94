import { z } from 'zod';
import { mapOutcome } from '../../core/outcome.js';
import { kernelDistanceInfinity } from '../../metrics/kernel-distance-infinity.js';
import { compareLists, exact } from './comparison.js';
import type { CasePart, FamilyRunner, MetricTolerance } from './family-runner.js';
import { kernelParts } from './kernel-cases.js';
import { kidParts } from './kid-cases.js';
import { invalidFixture, type MetricCase, readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';
import { drawsOfStep, stepDrawsSchema } from './recipe-draws.js';

/** Kernel distances: KAD, its extrapolation, and KID. */
export const kad: FamilyRunner = {
  family: 'kad',
  parts(metricCase) {
    const parts = partsOf[metricCase.metric];
    if (parts !== undefined) return parts(metricCase);
    throw invalidFixture({ file: metricCase.id, field: 'metric', problem: `unknown metric "${metricCase.metric}"` });
  },
};

const partsOf: Readonly<Record<string, (metricCase: MetricCase) => readonly CasePart[]>> = {
  kad: kernelParts,
  'kad-inf': infinityParts,
  kid: kidParts,
};

const tolerance: MetricTolerance = { absolute: 0, relative: 1e-9 };

const infinitySchema = z.object({
  baseline: matrixSchema,
  eval: matrixSchema,
  steps: z.int(),
  min_n: z.int(),
  ns: z.array(z.int()),
  indices: stepDrawsSchema,
  expected: z.strictObject({ points: z.array(z.number()), score: z.number(), slope: z.number() }),
});

/** As kadtk has it: the bandwidth of each resample is its own float32 median, which the stated limits are too tight to do without. */
function infinityParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(infinitySchema, metricCase);
  const { baseline, min_n: smallest, steps, indices, ns, expected } = fields;
  const limits = toleranceOf(metricCase, tolerance);
  const rngOfStep = drawsOfStep(indices);
  const options = { kernel: 'gaussian', bandwidth: 'evaluated-kadtk', smallest, steps, rngOfStep } as const;
  return [
    {
      compute: () =>
        mapOutcome(kernelDistanceInfinity(baseline(), fields.eval(), options), (line) => [
          ...compareLists(line.sizes, ns, { field: 'ns', tolerance: exact }),
          ...compareLists(line.points, expected.points, { field: 'points', tolerance: limits }),
          { field: 'score', own: line.intercept, golden: expected.score, tolerance: limits },
          { field: 'slope', own: line.slope, golden: expected.slope, tolerance: limits },
        ]),
    },
  ];
}
