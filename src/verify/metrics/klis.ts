import { z } from 'zod';
import { mersenneTwister } from '../../core/mersenne-twister.js';
import { mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import type { Matrix } from '../../linalg/matrix.js';
import { inceptionScore } from '../../metrics/inception-score.js';
import { klDivergence } from '../../metrics/kl-divergence.js';
import { type KlOfSet, type KlOptions, klOfLogits } from '../../metrics/kl-of-logits.js';
import { withEpsilon } from '../../metrics/log-probabilities.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, Comparison, FamilyRunner, MetricTolerance } from './family-runner.js';
import { invalidFixture, type MetricCase, type MetricFile, readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';
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

/** The stated limit of KL and inception scores. */
const tolerance: MetricTolerance = { absolute: 0, relative: 1e-10 };
/** What the tools add in the log. */
const toolEpsilon = 1e-6;

const numbers = z.record(z.string(), z.number());

const klSchema = z.object({
  gt_logits: matrixSchema,
  gen_logits: matrixSchema,
  expected: z
    .strictObject({
      kl_gt_gen_eps0: z.number(),
      kl_gen_gt_eps0: z.number(),
      kl_gt_gen_eps1e6: z.number(),
      kl_gen_gt_eps1e6: z.number(),
      sigmoid_audioldm_eval: z.number(),
      sigmoid_av_benchmark: z.number(),
      bernoulli_kl_gt_gen: z.number(),
      jensen_shannon: z.number(),
      per_item_kl_gt_gen_eps0: z.array(z.number()),
      audiocraft: numbers,
    })
    .optional(),
  refs: z.record(z.string(), z.unknown()).default({}),
});

function klParts(metricCase: MetricCase): CasePart[] {
  const { gt_logits, gen_logits, expected, refs } = readFields(klSchema, metricCase);
  const limits = toleranceOf(metricCase, tolerance);
  const computed = (): Outcome<KlValues> => klValues(gt_logits(), gen_logits());
  const own: CasePart = {
    compute: () =>
      mapOutcome(computed(), ({ values, perItem, tools }) => {
        if (expected === undefined) return [];
        const { per_item_kl_gt_gen_eps0: items, audiocraft, ...single } = expected;
        return [
          ...compareFields(values, single, { tolerance: limits }),
          ...compareLists(perItem.slice(0, items.length), items, { field: 'per_item', tolerance: limits }),
          ...compareFields(tools.audiocraft_f64, audiocraft, { tolerance: limits, prefix: 'audiocraft.' }),
        ];
      }),
  };
  if (metricCase.outcome !== 'value') return [own];
  const asTools: CasePart = {
    part: 'tools',
    compute: () => mapOutcome(computed(), ({ tools }) => toolComparisons(tools, refs, limits)),
  };
  return [own, asTools];
}

type ToolValues = Readonly<Record<string, Readonly<Record<string, number>>>> & {
  readonly audiocraft_f64: Readonly<Record<string, number>>;
};

interface KlValues {
  readonly values: Readonly<Record<string, number>>;
  readonly perItem: Float64Array;
  /** The same numbers under the names and in the combinations of the tools. */
  readonly tools: ToolValues;
}

function klValues(truth: Matrix, generated: Matrix): Outcome<KlValues> {
  const first = klOfLogits(truth, generated, { form: 'softmax' });
  if (first.status !== 'ok') return first;
  const forward = (options: KlOptions): number => meanOf(klOfLogits(truth, generated, options));
  const backward = (options: KlOptions): number => meanOf(klOfLogits(generated, truth, options));
  const values = {
    kl_gt_gen_eps0: first.value.mean,
    kl_gen_gt_eps0: backward({ form: 'softmax' }),
    kl_gt_gen_eps1e6: forward({ form: 'softmax', epsilon: toolEpsilon }),
    kl_gen_gt_eps1e6: backward({ form: 'softmax', epsilon: toolEpsilon }),
    sigmoid_audioldm_eval: forward({ form: 'sigmoid', epsilon: toolEpsilon }),
    sigmoid_av_benchmark: forward({ form: 'sigmoid' }),
    bernoulli_kl_gt_gen: forward({ form: 'bernoulli' }),
    jensen_shannon: forward({ form: 'jensen-shannon' }),
  };
  return ok({ values, perItem: first.value.perItem, tools: toolValues(values) });
}

function toolValues(values: Readonly<Record<string, number>>): ToolValues {
  const [pq, qp] = [values.kl_gt_gen_eps1e6!, values.kl_gen_gt_eps1e6!];
  return {
    audioldm_eval_f64: {
      kullback_leibler_divergence_sigmoid: values.sigmoid_audioldm_eval!,
      kullback_leibler_divergence_softmax: pq,
    },
    av_benchmark_f64: { kl_sigmoid: values.sigmoid_av_benchmark!, kl_softmax: values.kl_gt_gen_eps0! },
    stable_audio_metrics_f64: { value: qp },
    audiocraft_f64: { kld_pq: pq, kld_qp: qp, kld_both: pq + qp },
  };
}

/** The numbers that the tools gave in float64; their errors are documentation only. */
function toolComparisons(
  own: ToolValues,
  refs: Readonly<Record<string, unknown>>,
  limits: MetricTolerance,
): Comparison[] {
  return Object.entries(refs)
    .filter(([tool]) => tool.endsWith('_f64'))
    .flatMap(([tool, stated]) => {
      const golden = numbers.safeParse(typeof stated === 'number' ? { value: stated } : stated);
      return golden.success
        ? compareFields(own[tool] ?? {}, golden.data, { tolerance: limits, prefix: `${tool}.` })
        : [];
    });
}

function meanOf(outcome: Outcome<KlOfSet>): number {
  return outcome.status === 'ok' ? outcome.value.mean : Number.NaN;
}

const inceptionSchema = z.object({
  logits: matrixSchema,
  splits: z.int(),
  shuffle: z.boolean(),
  seed: z.int(),
  permutation_first: z.array(z.int()).default([]),
  expected: z.strictObject({ mean: z.number(), std_ddof0: z.number(), per_split: z.array(z.number()) }).optional(),
});

function inceptionPart(metricCase: MetricCase): CasePart {
  const { logits, splits, shuffle, seed, permutation_first: first, expected } = readFields(inceptionSchema, metricCase);
  const limits = toleranceOf(metricCase, tolerance);
  return {
    expects: /\bwarn\b/.test(metricCase.correct ?? '') ? 'value with a warning' : undefined,
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
