import { z } from 'zod';
import { mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import type { Matrix } from '../../linalg/matrix.js';
import { type KlOfSet, type KlOptions, klOfLogits } from '../../metrics/kl-of-logits.js';
import { compareFields, compareLists } from './comparison.js';
import type { CasePart, Comparison, MetricTolerance } from './family-runner.js';
import { type MetricCase, readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';

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

/** Both directions, each epsilon and each form; and the same numbers as the tools gave them. */
export function klParts(metricCase: MetricCase): CasePart[] {
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
