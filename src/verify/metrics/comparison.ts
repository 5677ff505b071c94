import type { Comparison, MetricTolerance } from './family-runner.js';

/** No difference at all: for counts, indices and other whole numbers. */
export const exact: MetricTolerance = { absolute: 0, relative: 0 };

/**
 * The same fields of two objects. Every field that the fixture states must be computed: one that is missing counts as a number that
 * differs.
 */
export function compareFields(
  own: Readonly<Record<string, number>>,
  golden: Readonly<Record<string, number>>,
  { tolerance, prefix = '' }: { readonly tolerance: MetricTolerance; readonly prefix?: string },
): Comparison[] {
  return Object.entries(golden).map(([field, value]) => ({
    field: `${prefix}${field}`,
    own: own[field] ?? Number.NaN,
    golden: value,
    tolerance,
  }));
}

/** Two lists, number by number. Lists of different length differ in their `length`. */
export function compareLists(
  own: ArrayLike<number>,
  golden: ArrayLike<number>,
  { field, tolerance }: { readonly field: string; readonly tolerance: MetricTolerance },
): Comparison[] {
  const length = { field: `${field}.length`, own: own.length, golden: golden.length, tolerance: exact };
  if (own.length !== golden.length) return [length];
  return Array.from(golden, (value, index) => ({
    field: `${field}.${index}`,
    own: own[index]!,
    golden: value,
    tolerance,
  }));
}
