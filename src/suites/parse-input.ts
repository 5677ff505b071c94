import type { z } from 'zod';
import { BenchError } from '../core/errors.js';
import { nearestNames } from '../core/nearest-names.js';

export interface InputPlace {
  readonly file: string;
  /** Line of a table's row; left out for JSON. */
  readonly line?: number;
  readonly remedy?: string;
}

/** `input` as `schema` has it. Throws a BenchError about the first thing that is wrong: file, line, field, expected and got. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown, place: InputPlace): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw issue.code === 'unrecognized_keys' ? unknownField(issue, schema, place) : wrongField(issue, input, place);
}

/** The error for a table whose `field` in `line` holds `got`. */
export function inputError(
  place: InputPlace,
  about: { readonly field: string; readonly problem: string; readonly expected?: string; readonly got?: string },
): BenchError {
  const { field, ...rest } = about;
  return new BenchError({
    code: 'suite-invalid',
    kind: 'input',
    file: place.file,
    field: place.line === undefined ? field : `line ${place.line}: ${field}`,
    ...(place.remedy === undefined ? {} : { remedy: place.remedy }),
    ...rest,
  });
}

function wrongField(issue: z.core.$ZodIssue, input: unknown, place: InputPlace): BenchError {
  const got = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
  const field = issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  if (got === undefined) return inputError(place, { field, problem: 'is missing', expected: expectation(issue) });
  const shown = JSON.stringify(got);
  return inputError(place, {
    field,
    problem: 'has a wrong value',
    expected: expectation(issue),
    got: shown.length > 80 ? `${shown.slice(0, 77)}…` : shown,
  });
}

function unknownField(issue: z.core.$ZodIssueUnrecognizedKeys, schema: z.ZodType, place: InputPlace): BenchError {
  const field = issue.keys[0] ?? '';
  const known = 'shape' in schema ? Object.keys(schema.shape as object) : [];
  const near = nearestNames(field, known, 1);
  const expected = (near.length > 0 ? near : known).join(' or ');
  return inputError(place, { field, problem: 'is not a known field', ...(expected === '' ? {} : { expected }) });
}

/** Schemas give their expectation as the message; zod's own sentences lose their start. */
function expectation(issue: z.core.$ZodIssue): string {
  return issue.message.replace(/^Invalid (input|option): expected (one of )?/, '').replace(/, received .*$/, '');
}
