import { z } from 'zod';
import { mapOutcome, ok } from '../../core/outcome.js';
import { cohenKappa, type KappaWeights } from '../../stats/cohen-kappa.js';
import { fleissKappa } from '../../stats/fleiss-kappa.js';
import { krippendorffAlpha, type RatingLevel } from '../../stats/krippendorff-alpha.js';
import { compareFields } from './comparison.js';
import type { CasePart, Comparison } from './family-runner.js';
import { goldenNumber, type MetricCase, readFields } from './metric-fixture.js';
import { statsTolerance } from './stats-tolerance.js';

const levels: readonly RatingLevel[] = ['nominal', 'ordinal', 'interval', 'ratio'];
const weightings: readonly KappaWeights[] = ['unweighted', 'linear', 'quadratic'];

const alphaSchema = z.object({
  // NaN stands for a rating that was not given.
  input: z.object({ raters_by_units: z.array(z.array(goldenNumber)) }),
  expected: z.record(z.string(), z.union([z.number(), z.object({ error: z.string() })])),
});

export function krippendorffPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(alphaSchema, metricCase);
  const ratings = input.raters_by_units.map((row) => row.map((value) => (Number.isNaN(value) ? undefined : value)));
  const tolerance = statsTolerance(metricCase);
  return {
    compute() {
      const comparisons: Comparison[] = [];
      for (const level of levels) {
        const own = krippendorffAlpha(ratings, level);
        if (own.status !== 'ok') return own;
        comparisons.push({ field: level, own: own.value, golden: numberOr(expected[level]), tolerance });
      }
      return ok(comparisons);
    },
  };
}

const cohenSchema = z.object({
  input: z.object({ a: z.array(goldenNumber), b: z.array(goldenNumber) }),
  expected: z.union([z.record(z.string(), z.number()), goldenNumber.transform((unweighted) => ({ unweighted }))]),
});

export function cohenPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(cohenSchema, metricCase);
  const golden: Readonly<Record<string, number>> = expected;
  const tolerance = statsTolerance(metricCase);
  return {
    compute() {
      const comparisons: Comparison[] = [];
      for (const weights of weightings.filter((name) => name in golden)) {
        const own = cohenKappa(input.a, { second: input.b, weights });
        if (own.status !== 'ok') return own;
        comparisons.push({ field: weights, own: own.value, golden: golden[weights]!, tolerance });
      }
      return ok(comparisons);
    },
  };
}

const fleissSchema = z.object({
  input: z.object({ subjects_by_categories: z.array(z.array(z.number())) }),
  expected: z.strictObject({ fleiss: z.number(), randolph: z.number() }),
});

export function fleissPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(fleissSchema, metricCase);
  return {
    compute: () =>
      mapOutcome(fleissKappa(input.subjects_by_categories), ({ fleiss, randolph }) =>
        compareFields({ fleiss, randolph }, expected, { tolerance: statsTolerance(metricCase) }),
      ),
  };
}

/** NaN, which no value equals, where the fixture has an error or nothing. */
function numberOr(golden: number | { readonly error: string } | undefined): number {
  return typeof golden === 'number' ? golden : Number.NaN;
}
