import { z } from 'zod';
import { mapOutcome, ok } from '../../core/outcome.js';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.js';
import { bonferroni } from '../../stats/bonferroni.js';
import { holm } from '../../stats/holm.js';
import { mcnemarExact } from '../../stats/mcnemar.js';
import { type ProportionMethod, proportionInterval } from '../../stats/proportion-interval.js';
import { signTest } from '../../stats/sign-test.js';
import { signTestSize } from '../../stats/sign-test-size.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, Comparison } from './family-runner.js';
import { goldenNumber, type MetricCase, readFields } from './metric-fixture.js';
import { rangeRefusal } from './range-refusal.js';
import { statsTolerance } from './stats-tolerance.js';

const pair = z.tuple([z.number(), z.number()]);

/** The fixture's names of the methods. */
const methods = {
  wilson: 'wilson',
  clopper_pearson: 'clopper-pearson',
  jeffreys: 'jeffreys',
  agresti_coull: 'agresti-coull',
  normal: 'normal',
} as const satisfies Readonly<Record<string, ProportionMethod>>;

const proportionSchema = z.object({
  input: z.object({ k: z.number(), n: z.number(), alpha: z.number() }),
  expected: z.union([
    z.strictObject({ wilson: pair, clopper_pearson: pair, jeffreys: pair, agresti_coull: pair, normal: pair }),
    z.array(goldenNumber),
  ]),
});

export function proportionPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(proportionSchema, metricCase);
  const tolerance = statsTolerance(metricCase);
  const interval = (method: ProportionMethod): ReturnType<typeof proportionInterval> =>
    proportionInterval(input.k, { trials: input.n, alpha: input.alpha, method });
  return {
    compute() {
      const first = interval('wilson');
      if (first.status !== 'ok') return first;
      const comparisons: Comparison[] = [];
      for (const [name, method] of Object.entries(methods)) {
        const limits = Array.isArray(expected) ? [] : expected[name as keyof typeof methods];
        const own = interval(method);
        const values = own.status === 'ok' ? [own.value.lower, own.value.upper] : [];
        comparisons.push(...compareLists(values, limits, { field: name, tolerance }));
      }
      return ok(comparisons);
    },
  };
}

const signSchema = z.object({
  input: z.object({ k: z.number(), n: z.number() }),
  expected: z.union([
    z.strictObject({ two_sided: z.number(), greater: z.number(), less: z.number(), mid_p_two_sided: z.number() }),
    z.object({ error: z.string() }),
  ]),
});

export function signTestPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(signSchema, metricCase);
  // p-values go down to 1e-32: the absolute limit would let anything pass there.
  const tolerance = { ...statsTolerance(metricCase), absolute: 0 };
  return {
    compute: () =>
      mapOutcome(signTest(input.k, { decisions: input.n }), ({ twoSided, greater, less, midPTwoSided }) =>
        'error' in expected
          ? []
          : compareFields({ two_sided: twoSided, greater, less, mid_p_two_sided: midPTwoSided }, expected, {
              tolerance,
            }),
      ),
  };
}

const sizeSchema = z.object({
  input: z.object({ p: z.number(), alpha: z.number(), power: z.number(), two_sided: z.literal(true) }),
  expected: z.strictObject({
    first_n_reaching_power: z.int(),
    power_at_first: z.number(),
    smallest_n_with_power_kept_for_all_larger: z.int(),
    normal_approximation: z.int(),
  }),
});

export function signTestSizePart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(sizeSchema, metricCase);
  const { power_at_first, ...counts } = expected;
  return {
    compute: () =>
      mapOutcome(signTestSize({ winShare: input.p, alpha: input.alpha, power: input.power }), (size) => [
        ...compareFields(
          {
            first_n_reaching_power: size.first,
            smallest_n_with_power_kept_for_all_larger: size.keptFrom,
            normal_approximation: size.normalApproximation,
          },
          counts,
          { tolerance: exact },
        ),
        {
          field: 'power_at_first',
          own: size.powerAtFirst,
          golden: power_at_first,
          tolerance: statsTolerance(metricCase),
        },
      ]),
  };
}

const mcnemarSchema = z.object({
  input: z.object({ b: z.number(), c: z.number() }),
  expected: z.strictObject({ p: z.number() }),
});

export function mcnemarPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(mcnemarSchema, metricCase);
  return {
    compute: () =>
      mapOutcome(mcnemarExact({ onlyFirst: input.b, onlySecond: input.c }), (p) =>
        compareFields({ p }, expected, { tolerance: statsTolerance(metricCase) }),
      ),
  };
}

const holmSchema = z.object({
  input: z.object({ p: z.array(goldenNumber), alpha: z.number().default(0.05) }),
  expected: z.union([
    z.strictObject({
      adjusted: z.array(z.number()),
      reject: z.array(z.boolean()),
      bh_adjusted: z.array(z.number()),
      bonferroni: z.array(z.number()),
    }),
    z.array(goldenNumber).transform((adjusted) => ({ adjusted })),
  ]),
});

export function holmPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(holmSchema, metricCase);
  const tolerance = statsTolerance(metricCase);
  return {
    compute: () =>
      rangeRefusal(() => {
        const adjusted = holm(input.p);
        const comparisons = [
          { field: 'adjusted.length', own: adjusted.length, golden: expected.adjusted.length, tolerance: exact },
          ...compareLists(adjusted, expected.adjusted, { field: 'adjusted', tolerance }),
        ];
        if (!('reject' in expected)) return ok(comparisons);
        const rejected = adjusted.map((p) => Number(p <= input.alpha));
        return ok([
          ...comparisons,
          ...compareLists(rejected, expected.reject.map(Number), { field: 'reject', tolerance: exact }),
          ...compareLists(benjaminiHochberg(input.p), expected.bh_adjusted, { field: 'bh_adjusted', tolerance }),
          ...compareLists(bonferroni(input.p), expected.bonferroni, { field: 'bonferroni', tolerance }),
        ]);
      }),
  };
}
