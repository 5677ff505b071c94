import { z } from 'zod';
import { ok } from '../../core/outcome.js';
import { klDivergence } from '../../metrics/kl-divergence.js';
import { withEpsilon } from '../../metrics/log-probabilities.js';
import { compareFields } from './comparison.js';
import type { CasePart, FamilyRunner, MetricTolerance } from './family-runner.js';
import { inceptionPart } from './inception-cases.js';
import { klParts } from './kl-cases.js';
import { invalidFixture, type MetricFile, readFields } from './metric-fixture.js';
import { twisterComparisons, twisterSchema } from './twister-values.js';

/** KL divergences, inception scores and the random numbers of NumPy that shuffle for them. */
export const klis: FamilyRunner = {
  family: 'klis',
  parts(metricCase) {
    if (metricCase.metric === 'kl') return klParts(metricCase);
    if (metricCase.metric === 'inception-score') return [inceptionPart(metricCase)];
    throw invalidFixture({ file: metricCase.id, field: 'metric', problem: `unknown metric "${metricCase.metric}"` });
  },
  fileParts: (file) => [...publishedParts(file), ...twisterParts(file)],
};

/** The stated limit of KL. */
const tolerance: MetricTolerance = { absolute: 0, relative: 1e-10 };
/** What the tools add in the log. */
const toolEpsilon = 1e-6;

const publishedSchema = z.object({
  published_examples: z
    .array(
      z.object({
        P: z.array(z.number()),
        Q: z.array(z.number()),
        kl_P_Q_exact: z.number(),
        kl_eps1e6_f64: z.number(),
      }),
    )
    .default([]),
});

function publishedParts(file: MetricFile): CasePart[] {
  return readFields(publishedSchema, file).published_examples.map(({ P, Q, ...golden }, index) => ({
    part: `published-${index}`,
    compute() {
      const [logP, logQ] = [Float64Array.from(P, Math.log), Float64Array.from(Q, Math.log)];
      const own = {
        kl_P_Q_exact: klDivergence(logP, logQ),
        kl_eps1e6_f64: klDivergence(logP, withEpsilon(logQ, toolEpsilon)),
      };
      return ok(compareFields(own, golden, { tolerance }));
    },
  }));
}

function twisterParts(file: MetricFile): CasePart[] {
  const { mt19937 } = readFields(z.object({ mt19937: z.array(twisterSchema).default([]) }), file);
  return mt19937.map((golden) => ({
    part: `mt19937-${golden.seed}`,
    compute: () => ok(twisterComparisons(golden)),
  }));
}
