import { z } from 'zod';
import { BenchError } from '../../core/errors.js';
import type { MetricTolerance } from './family-runner.js';

/** One case: what all families share; the rest stands in `fields` and is read with `readFields`. */
export interface MetricCase {
  readonly family: string;
  readonly id: string;
  readonly metric: string;
  readonly outcome: 'value' | 'refuse' | 'undefined' | 'either' | 'see';
  /** Names of the fields that hold the golden values. */
  readonly expectedFrom: readonly string[];
  /** The reasoning in words, for degenerate inputs. */
  readonly correct?: string | undefined;
  /** Limits by name: `rel`, `abs`, or those of one number such as `score_rel`. */
  readonly tol: Readonly<Record<string, number>>;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One file of golden values. */
export interface MetricFile {
  readonly family: string;
  readonly cases: readonly MetricCase[];
  /** Everything else in the file, to be read with `readFields`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const caseSchema = z.looseObject({
  id: z.string().min(1),
  metric: z.string().default(''),
  outcome: z.enum(['value', 'refuse', 'undefined', 'either', 'see']),
  expected_from: texts.default([]),
  correct: z.string().optional(),
  tol: z.record(z.string(), z.unknown()).default({}),
});

const fileSchema = z.looseObject({ family: z.string().min(1), cases: z.array(caseSchema).min(1) });

/** A number, or one of the strings that JSON needs for NaN and the infinities. */
export const goldenNumber: z.ZodType<number> = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform((text) => Number(text)),
]);

/** Throws a BenchError naming file and field for text that is not in the format. */
export function parseMetricFile(json: string, file: string): MetricFile {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw invalidFixture({ file, problem: `the file is not JSON: ${message}` });
  }
  const { family, cases, ...fields } = checked(fileSchema, value, file);
  return { family, fields, cases: cases.map((entry) => metricCase(family, entry)) };
}

/** The case's own fields by a schema. Throws a BenchError that names the case and the field where they do not fit. */
export function readFields<T>(schema: z.ZodType<T>, owner: { readonly fields: object; readonly id?: string }): T {
  return checked(schema, owner.fields, owner.id ?? 'the file');
}

/** The limits of a case: its own `rel` and `abs`; where it states neither, the default of its metric. */
export function toleranceOf({ tol }: Pick<MetricCase, 'tol'>, otherwise: Partial<MetricTolerance>): MetricTolerance {
  if (tol.rel === undefined && tol.abs === undefined) return { absolute: 0, relative: 0, ...otherwise };
  return { absolute: tol.abs ?? 0, relative: tol.rel ?? 0 };
}

export function invalidFixture(details: { file: string; field?: string; problem: string }): BenchError {
  return new BenchError({
    code: 'invalid-fixture',
    kind: 'input',
    ...details,
    remedy: 'Correct the file, or give another folder',
  });
}

function metricCase(family: string, entry: z.infer<typeof caseSchema>): MetricCase {
  const { id, metric, outcome, expected_from: expectedFrom, correct, tol, ...fields } = entry;
  const limits = Object.entries(tol).filter((limit): limit is [string, number] => typeof limit[1] === 'number');
  return { family, id, metric, outcome, expectedFrom, correct, tol: Object.fromEntries(limits), fields };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw invalidFixture({
    file,
    field: first?.path.join('.') ?? '(whole file)',
    problem: first?.message ?? 'not valid',
  });
}
