import { z } from 'zod';
import { type Outcome, ok } from '../../core/outcome.js';
import { type KernelDistance, type KernelDistanceOptions, kernelDistances } from '../../metrics/kernel-distance.js';
import type { Kernel } from '../../metrics/scaled-kernel.js';
import { compareFields } from './comparison.js';
import type { CasePart, Comparison, MetricTolerance } from './family-runner.js';
import { type MetricCase, readFields, toleranceOf } from './metric-fixture.js';
import { matrixSchema } from './metric-recipe.js';

const tolerance: MetricTolerance = { absolute: 0, relative: 1e-9 };
/** One step of float32, in which kadtk's bandwidth is stated. */
const float32Step: MetricTolerance = { absolute: 0, relative: 2 ** -23 };

const kernels: readonly Kernel[] = ['gaussian', 'iq', 'imq'];

const values = z.strictObject({
  bw_eval_lower: z.number(),
  bw_ref_lower: z.number(),
  bw_eval_kadtk_f32_value: z.number(),
  bw_1: z.number(),
});

const kadSchema = z.object({
  X: matrixSchema,
  Y: matrixSchema,
  bandwidth: z
    .object({
      reference_X: z.object({ lower_median: z.number() }),
      evaluation_Y: z.object({ lower_median: z.number(), kadtk_f32: z.number() }),
    })
    .optional(),
  expected: z.strictObject({ gaussian: values, iq: values, imq: values }).optional(),
  refs: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

type KadFields = z.infer<typeof kadSchema>;
/** Bandwidths by the name of the golden value that they give. */
type Bandwidths = Readonly<Record<string, KernelDistanceOptions['bandwidth']>>;

/** Where the evaluated set has no bandwidth of its own, the case's own line refuses, and another checks the other bandwidths. */
export function kernelParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(kadSchema, metricCase);
  const limits = toleranceOf(metricCase, tolerance);
  const others: Bandwidths = { bw_ref_lower: 'reference', bw_1: 1 };
  if (metricCase.outcome !== 'value') {
    const asStated: CasePart = { compute: () => independent(fields, { bw_eval_lower: 'evaluated' }, limits) };
    if (fields.expected === undefined) return [asStated];
    const compute = (): Outcome<Comparison[]> => independent(fields, others, limits);
    return [asStated, { part: 'other-bandwidths', expects: 'value', compute }];
  }
  const given = fields.bandwidth?.evaluation_Y.kadtk_f32 ?? Number.NaN;
  const all: Bandwidths = { ...others, bw_eval_lower: 'evaluated', bw_eval_kadtk_f32_value: given };
  return [
    { compute: () => independent(fields, all, limits) },
    { part: 'kadtk', compute: () => asKadtk(fields, limits) },
  ];
}

/** Beside the independent values, with the medians themselves. */
function independent(fields: KadFields, bandwidths: Bandwidths, limits: MetricTolerance): Outcome<Comparison[]> {
  const medians: Readonly<Record<string, number | undefined>> = {
    bw_eval_lower: fields.bandwidth?.evaluation_Y.lower_median,
    bw_ref_lower: fields.bandwidth?.reference_X.lower_median,
  };
  return compared(fields, bandwidths, (kernel, name, distance) => [
    ...one(`${kernel}.${name}`, distance.value, {
      golden: fields.expected?.[kernel][name as keyof z.infer<typeof values>],
      limits,
    }),
    ...(medians[name] === undefined
      ? []
      : one(`bandwidth.${name}`, distance.bandwidth, { golden: medians[name], limits })),
  ]);
}

/** Beside what kadtk gave in float64, with its float32 bandwidth. */
function asKadtk(fields: KadFields, limits: MetricTolerance): Outcome<Comparison[]> {
  const bandwidths: Bandwidths = { kadtk_f64_bw_eval: 'evaluated-kadtk', kadtk_f64_bw_1: 1 };
  const stated = fields.bandwidth?.evaluation_Y.kadtk_f32;
  return compared(fields, bandwidths, (kernel, name, distance) => [
    ...one(`${kernel}.${name}`, distance.value, { golden: fields.refs[kernel]?.[name], limits }),
    ...(name === 'kadtk_f64_bw_eval'
      ? one('bandwidth', distance.bandwidth, { golden: stated, limits: float32Step })
      : []),
  ]);
}

type Compare = (kernel: Kernel, name: string, distance: KernelDistance) => readonly Comparison[];

/** The comparisons of all kernels and bandwidths; the first refusal instead, where there is one. */
function compared({ X, Y }: KadFields, bandwidths: Bandwidths, compare: Compare): Outcome<Comparison[]> {
  const choices = kernels.flatMap((kernel) =>
    Object.entries(bandwidths).map(([name, bandwidth]) => ({ kernel, name, bandwidth })),
  );
  const comparisons: Comparison[] = [];
  for (const [index, distance] of kernelDistances(X(), Y(), choices).entries()) {
    if (distance.status !== 'ok') return distance;
    const { kernel, name } = choices[index]!;
    comparisons.push(...compare(kernel, name, distance.value));
  }
  return ok(comparisons);
}

/** A golden value that is not a number counts as one that differs. */
function one(
  field: string,
  own: number,
  { golden, limits }: { readonly golden: unknown; readonly limits: MetricTolerance },
): Comparison[] {
  const value = typeof golden === 'number' ? golden : Number.NaN;
  return compareFields({ [field]: own }, { [field]: value }, { tolerance: limits });
}
