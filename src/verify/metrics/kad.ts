import { z } from 'zod';
import { mapOutcome, type Outcome, ok } from '../../core/outcome.js';
import { type Kernel, type KernelDistanceOptions, kernelDistances } from '../../metrics/kernel-distance.js';
import { kernelDistanceInfinity } from '../../metrics/kernel-distance-infinity.js';
import { compareFields, compareLists, exact } from './comparison.js';
import type { CasePart, Comparison, FamilyRunner, MetricTolerance } from './family-runner.js';
import { kidParts } from './kid.js';
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
  kad: kadParts,
  'kad-inf': infinityParts,
  kid: kidParts,
};

const tolerance: MetricTolerance = { absolute: 0, relative: 1e-9 };

const values = z.strictObject({
  bw_eval_lower: z.number(),
  bw_ref_lower: z.number(),
  bw_eval_kadtk_f32_value: z.number(),
  bw_1: z.number(),
});
type ValueName = keyof z.infer<typeof values>;

const bandwidths = z.object({ lower_median: z.number(), kadtk_f32: z.number() });

const kadSchema = z.object({
  X: matrixSchema,
  Y: matrixSchema,
  bandwidth: z.object({ reference_X: bandwidths, evaluation_Y: bandwidths }).optional(),
  expected: z.strictObject({ gaussian: values, iq: values, imq: values }).optional(),
  refs: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

type KadFields = z.infer<typeof kadSchema>;

const kernels: readonly Kernel[] = ['gaussian', 'iq', 'imq'];

/** What kadtk gave in float64, by the bandwidth that it was given. */
const kadtkNames = {
  kadtk_f64_bw_eval: 'bw_eval_kadtk_f32_value',
  kadtk_f64_bw_1: 'bw_1',
} as const satisfies Readonly<Record<string, ValueName>>;

/** Bandwidths that stay usable where the evaluated set has none. */
const independentOfEvaluated: readonly ValueName[] = ['bw_ref_lower', 'bw_1'];

function kadParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(kadSchema, metricCase);
  const limits = toleranceOf(metricCase, tolerance);
  const all = Object.keys(values.shape) as ValueName[];
  if (metricCase.outcome === 'value') {
    return [
      { compute: () => kadComparisons(fields, { names: all, limits }) },
      { part: 'kadtk', compute: () => kadtkComparisons(fields, limits) },
    ];
  }
  const asStated: CasePart = { compute: () => kadComparisons(fields, { names: ['bw_eval_lower'], limits }) };
  if (fields.expected === undefined) return [asStated];
  const compute = (): Outcome<Comparison[]> => kadComparisons(fields, { names: independentOfEvaluated, limits });
  return [asStated, { part: 'other-bandwidths', expects: 'value', compute }];
}

function kadComparisons(
  fields: KadFields,
  { names, limits }: { readonly names: readonly ValueName[]; readonly limits: MetricTolerance },
): Outcome<Comparison[]> {
  return mapOutcome(kadValues(fields, names), (own) =>
    kernels.flatMap((kernel) => {
      const golden = Object.fromEntries(names.map((name) => [name, fields.expected?.[kernel][name] ?? Number.NaN]));
      return [
        ...compareFields(own[kernel].values, golden, { tolerance: limits, prefix: `${kernel}.` }),
        ...compareFields(own[kernel].bandwidths, medians(fields, names), { tolerance: limits, prefix: 'bandwidth.' }),
      ];
    }),
  );
}

function kadtkComparisons(fields: KadFields, limits: MetricTolerance): Outcome<Comparison[]> {
  return mapOutcome(kadValues(fields, Object.values(kadtkNames)), (own) =>
    kernels.flatMap((kernel) => {
      const stated = Object.entries(kadtkNames).map(([ref, name]) => [name, fields.refs[kernel]?.[ref] ?? Number.NaN]);
      return compareFields(own[kernel].values, Object.fromEntries(stated), { tolerance: limits, prefix: `${kernel}.` });
    }),
  );
}

interface KernelValues {
  readonly values: Record<string, number>;
  readonly bandwidths: Record<string, number>;
}

/** The named values of all kernels; the refusal of the first that has none. */
function kadValues(fields: KadFields, names: readonly ValueName[]): Outcome<Record<Kernel, KernelValues>> {
  const choices = kernels.flatMap((kernel) =>
    names.map((name) => ({ kernel, name, bandwidth: bandwidthOf(name, fields) })),
  );
  const own: Record<Kernel, KernelValues> = {
    gaussian: { values: {}, bandwidths: {} },
    iq: { values: {}, bandwidths: {} },
    imq: { values: {}, bandwidths: {} },
  };
  for (const [index, distance] of kernelDistances(fields.X(), fields.Y(), choices).entries()) {
    if (distance.status !== 'ok') return distance;
    const { kernel, name } = choices[index]!;
    own[kernel].values[name] = distance.value.value;
    own[kernel].bandwidths[name] = distance.value.bandwidth;
  }
  return ok(own);
}

function bandwidthOf(name: ValueName, { bandwidth }: KadFields): KernelDistanceOptions['bandwidth'] {
  switch (name) {
    case 'bw_eval_lower':
      return 'evaluated';
    case 'bw_ref_lower':
      return 'reference';
    case 'bw_eval_kadtk_f32_value':
      return bandwidth?.evaluation_Y.kadtk_f32 ?? Number.NaN;
    case 'bw_1':
      return 1;
  }
}

function medians({ bandwidth }: KadFields, names: readonly ValueName[]): Record<string, number> {
  if (bandwidth === undefined) return {};
  const all = { bw_eval_lower: bandwidth.evaluation_Y.lower_median, bw_ref_lower: bandwidth.reference_X.lower_median };
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name as ValueName)));
}

const infinitySchema = z.object({
  baseline: matrixSchema,
  eval: matrixSchema,
  steps: z.int(),
  min_n: z.int(),
  ns: z.array(z.int()),
  indices: stepDrawsSchema,
  expected: z.strictObject({ points: z.array(z.number()), score: z.number(), slope: z.number() }),
});

function infinityParts(metricCase: MetricCase): CasePart[] {
  const fields = readFields(infinitySchema, metricCase);
  const { baseline, min_n: smallest, steps, indices, ns, expected } = fields;
  const limits = toleranceOf(metricCase, tolerance);
  const rngOfStep = drawsOfStep(indices);
  const options = { kernel: 'gaussian', bandwidth: 'evaluated', smallest, steps, rngOfStep } as const;
  return [
    {
      compute: () =>
        mapOutcome(
          kernelDistanceInfinity(baseline(), fields.eval(), options),
          ({ sizes, points, intercept, slope }) => [
            ...compareLists(sizes, ns, { field: 'ns', tolerance: exact }),
            ...compareLists(points, expected.points, { field: 'points', tolerance: limits }),
            { field: 'score', own: intercept, golden: expected.score, tolerance: limits },
            { field: 'slope', own: slope, golden: expected.slope, tolerance: limits },
          ],
        ),
    },
  ];
}
