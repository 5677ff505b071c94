import { failed, type Outcome, ok, skipped } from '../core/outcome.js';

/** How far two ratings are from each other. */
export type RatingLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/**
 * Krippendorff's alpha: 1 less the observed over the expected disagreement of ratings of the same unit (Krippendorff 2011,
 * "Computing Krippendorff's alpha-reliability"; the values of the package krippendorff 0.9). `ratings[rater][unit]`, undefined where a
 * rater gave none. Failed for rows of unequal length and values that are not finite; not defined where no unit has two
 * ratings or all ratings are equal.
 */
export function krippendorffAlpha(
  ratings: readonly (readonly (number | undefined)[])[],
  level: RatingLevel,
): Outcome<number> {
  const unitCount = ratings[0]?.length ?? 0;
  for (const [rater, row] of ratings.entries()) {
    if (row.length !== unitCount)
      return failed('lengths-differ', `rater ${rater} has ${row.length} units, not ${unitCount}`);
    const broken = row.find((value) => value !== undefined && !Number.isFinite(value));
    if (broken !== undefined) return failed('not-finite', `rater ${rater} has a rating that is not finite: ${broken}`);
  }
  const units = Array.from({ length: unitCount }, (_, unit) => ratings.flatMap((row) => row[unit] ?? []));
  const paired = units.filter((values) => values.length > 1);
  if (paired.length === 0) return skipped('no unit has two ratings: there is nothing to compare');
  const pooled = paired.flat();
  const distance = squaredDistance(level, pooled);
  const observed = paired.reduce((sum, values) => sum + pairSum(values, distance) / (values.length - 1), 0);
  const expected = pairSum(pooled, distance) / (pooled.length - 1);
  if (expected === 0) return skipped('all ratings are equal: agreement by chance would be perfect too');
  return ok(1 - observed / expected);
}

type Distance = (a: number, b: number) => number;

function pairSum(values: readonly number[], distance: Distance): number {
  let sum = 0;
  for (const a of values) for (const b of values) sum += distance(a, b);
  return sum;
}

function squaredDistance(level: RatingLevel, pooled: readonly number[]): Distance {
  if (level === 'nominal') return (a, b) => (a === b ? 0 : 1);
  if (level === 'interval') return (a, b) => (a - b) ** 2;
  if (level === 'ratio') return (a, b) => (a === b ? 0 : ((a - b) / (a + b)) ** 2);
  const places = new Map<number, number>();
  const sorted = [...pooled].sort((a, b) => a - b);
  // The middle of a value's own ratings among all: their difference counts those between, and half of either end.
  for (const value of new Set(sorted)) places.set(value, (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
  return (a, b) => (places.get(a)! - places.get(b)!) ** 2;
}
