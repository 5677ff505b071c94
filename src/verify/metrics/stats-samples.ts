import { z } from 'zod';
import { mapOutcome, ok } from '../../core/outcome.js';
import { friedmanTest } from '../../stats/friedman.js';
import { mannWhitney } from '../../stats/mann-whitney.js';
import { pairedTTest } from '../../stats/paired-t-test.js';
import { signFlipTest, twoSamplePermutationTest } from '../../stats/permutation-test.js';
import { type WilcoxonOptions, wilcoxonSignedRank } from '../../stats/wilcoxon-signed-rank.js';
import { compareFields, compareLists } from './comparison.js';
import type { CasePart, Comparison } from './family-runner.js';
import { goldenNumber, invalidFixture, type MetricCase, readFields } from './metric-fixture.js';
import { statsTolerance } from './stats-tolerance.js';

const wilcoxonSchema = z.object({
  input: z.object({ d: z.array(goldenNumber) }),
  expected: z.union([
    z.tuple([goldenNumber, goldenNumber]),
    z.record(z.string(), z.union([z.number(), z.strictObject({ statistic: z.number(), p: z.number() })])),
  ]),
});

/** The case, with every variant that it states: `pratt-approx-cc` and the like. */
export function wilcoxonParts(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(wilcoxonSchema, metricCase);
  const tolerance = statsTolerance(metricCase);
  const variants = Array.isArray(expected) ? { auto: { statistic: expected[0], p: expected[1] } } : expected;
  return {
    compute() {
      const first = wilcoxonSignedRank(input.d);
      if (first.status !== 'ok') return first;
      const comparisons: Comparison[] = [];
      for (const [name, golden] of Object.entries(variants)) {
        const own = wilcoxonSignedRank(input.d, wilcoxonOptions(name));
        if (own.status !== 'ok') return own;
        const { positiveRanks, negativeRanks, twoSided, greater } = own.value;
        const values =
          typeof golden === 'number'
            ? { p: greater }
            : { statistic: Math.min(positiveRanks, negativeRanks), p: twoSided };
        const wanted = typeof golden === 'number' ? { p: golden } : golden;
        comparisons.push(...compareFields(values, wanted, { tolerance, prefix: `${name}.` }));
      }
      return ok(comparisons);
    },
  };
}

const zeroRules: Readonly<Record<string, WilcoxonOptions>> = {
  wilcox: { zeros: 'drop' },
  pratt: { zeros: 'pratt' },
  zsplit: { zeros: 'split' },
  // One-sided, with the default rule.
  greater: {},
};

const methods: Readonly<Record<string, WilcoxonOptions>> = {
  auto: { method: 'auto' },
  approx: { method: 'normal' },
  exact: { method: 'exact-untied' },
};

function wilcoxonOptions(name: string): WilcoxonOptions {
  const words = name.split('-');
  const [method, zeros] = [methods[words.find((word) => word in methods) ?? ''], zeroRules[words[0]!] ?? {}];
  if (method === undefined) throw invalidFixture({ file: 'expected', field: name, problem: 'no variant of this name' });
  return { ...method, ...zeros, continuityCorrection: words.includes('cc') };
}

const friedmanSchema = z.object({
  input: z.object({ rows_subjects_cols_systems: z.array(z.array(goldenNumber)) }),
  expected: z.union([
    z.strictObject({
      chi2: z.number(),
      p: z.number(),
      df: z.int(),
      kendall_w: z.number(),
      mean_ranks: z.array(z.number()),
      iman_davenport_F: z.number(),
    }),
    z.array(goldenNumber),
    z.object({ error: z.string() }),
  ]),
});

export function friedmanPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(friedmanSchema, metricCase);
  const tolerance = statsTolerance(metricCase);
  return {
    compute: () =>
      mapOutcome(friedmanTest(input.rows_subjects_cols_systems), (test) => {
        if (!('chi2' in expected)) return [{ field: 'chi2', own: test.chiSquare, golden: Number.NaN, tolerance }];
        const { mean_ranks, ...single } = expected;
        const own = {
          chi2: test.chiSquare,
          p: test.pValue,
          df: test.degreesOfFreedom,
          kendall_w: test.kendallW,
          iman_davenport_F: test.imanDavenportF,
        };
        return [
          ...compareFields(own, single, { tolerance }),
          ...compareLists(test.meanRanks, mean_ranks, { field: 'mean_ranks', tolerance }),
        ];
      }),
  };
}

const flipSchema = z.object({
  input: z.object({ d: z.array(goldenNumber) }),
  expected: z.strictObject({ two_sided_exact: z.number(), greater_exact: z.number() }),
});

export function signFlipPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(flipSchema, metricCase);
  return {
    compute: () =>
      mapOutcome(signFlipTest(input.d), ({ twoSided, greater }) =>
        compareFields({ two_sided_exact: twoSided, greater_exact: greater }, expected, {
          tolerance: statsTolerance(metricCase),
        }),
      ),
  };
}

const twoSamples = z.object({ x: z.array(goldenNumber), y: z.array(goldenNumber) });

const permutationSchema = z.object({
  input: twoSamples,
  expected: z.strictObject({ statistic: z.number(), p_two_sided_2min: z.number() }),
});

export function permutationPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(permutationSchema, metricCase);
  return {
    compute: () =>
      mapOutcome(twoSamplePermutationTest(input), ({ statistic, twoSided }) =>
        compareFields({ statistic, p_two_sided_2min: twoSided }, expected, { tolerance: statsTolerance(metricCase) }),
      ),
  };
}

const mannWhitneySchema = z.object({
  input: twoSamples,
  expected: z.strictObject({ U: z.number(), p: z.number(), p_asymptotic: z.number() }),
});

export function mannWhitneyPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(mannWhitneySchema, metricCase);
  return {
    compute: () =>
      mapOutcome(mannWhitney(input.x, input.y), ({ u, pValue, pValueNormal }) =>
        compareFields({ U: u, p: pValue, p_asymptotic: pValueNormal }, expected, {
          tolerance: statsTolerance(metricCase),
        }),
      ),
  };
}

const tTestSchema = z.object({
  input: twoSamples,
  expected: z.strictObject({ t: z.number(), p: z.number(), ci: z.tuple([z.number(), z.number()]) }),
});

export function tTestPart(metricCase: MetricCase): CasePart {
  const { input, expected } = readFields(tTestSchema, metricCase);
  const { ci, ...single } = expected;
  const tolerance = statsTolerance(metricCase);
  return {
    compute: () =>
      mapOutcome(pairedTTest(input.x, input.y), ({ t, pValue, interval }) => [
        ...compareFields({ t, p: pValue }, single, { tolerance }),
        ...compareLists([interval.lower, interval.upper], ci, { field: 'ci', tolerance }),
      ]),
  };
}
