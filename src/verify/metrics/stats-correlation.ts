import { z } from 'zod';
import { type Outcome, ok } from '../../core/outcome.js';
import { kendallTau } from '../../stats/kendall-tau.js';
import { fisherInterval, pearsonCorrelation, spearmanRankCorrelation } from '../../stats/pearson.js';
import { weightedTau } from '../../stats/weighted-tau.js';
import { compareFields, compareLists } from './comparison.js';
import type { CasePart, Comparison } from './family-runner.js';
import { goldenNumber, type MetricCase, readFields } from './metric-fixture.js';
import { statsTolerance } from './stats-tolerance.js';

const schema = z.object({
  input: z.object({ x: z.array(goldenNumber), y: z.array(goldenNumber) }),
  expected: z.union([
    z.strictObject({
      kendall_tau_b: z.number(),
      kendall_p_auto: z.number(),
      kendall_p_asymptotic: z.number(),
      kendall_tau_c: z.number(),
      spearman: z.number(),
      spearman_p_t: z.number(),
      pearson: z.number(),
      pearson_p: z.number(),
      pearson_ci95: z.tuple([z.number(), z.number()]),
      somersd: z.number(),
      weightedtau: z.number(),
    }),
    z.array(goldenNumber),
    z.object({ error: z.string() }),
  ]),
});

/** All correlations must agree on whether there is one. */
export function correlationPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(schema, metricCase);
  const tolerance = statsTolerance(metricCase);
  return {
    compute(): Outcome<readonly Comparison[]> {
      const { x, y } = input;
      const [kendall, spearman, pearson, weighted] = [
        kendallTau(x, y),
        spearmanRankCorrelation(x, y),
        pearsonCorrelation(x, y),
        weightedTau(x, y),
      ];
      if (kendall.status !== 'ok') return kendall;
      if (spearman.status !== 'ok') return spearman;
      if (pearson.status !== 'ok') return pearson;
      if (weighted.status !== 'ok') return weighted;
      const interval = fisherInterval(pearson.value.coefficient, { count: x.length, level: 0.95 });
      const own = {
        kendall_tau_b: kendall.value.tauB,
        kendall_p_auto: kendall.value.pValue,
        kendall_p_asymptotic: kendall.value.pValueNormal,
        kendall_tau_c: kendall.value.tauC,
        spearman: spearman.value.coefficient,
        spearman_p_t: spearman.value.pValue ?? Number.NaN,
        pearson: pearson.value.coefficient,
        pearson_p: pearson.value.pValue ?? Number.NaN,
        somersd: kendall.value.somersD,
        weightedtau: weighted.value,
      };
      if (!('pearson_ci95' in expected))
        return ok([{ field: 'pearson', own: own.pearson, golden: Number.NaN, tolerance }]);
      const { pearson_ci95: golden, ...single } = expected;
      const limits = interval.status === 'ok' ? [interval.value.lower, interval.value.upper] : [];
      return ok([
        ...compareFields(own, single, { tolerance }),
        ...compareLists(limits, golden, { field: 'pearson_ci95', tolerance }),
      ]);
    },
  };
}
