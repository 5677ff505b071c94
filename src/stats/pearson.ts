import { type Outcome, ok, skipped } from '../core/outcome.js';
import { mean } from './mean.js';
import { meanRanks } from './mean-ranks.js';
import { normalQuantile } from './normal.js';
import type { Interval } from './percentile-interval.js';
import { unusablePairs } from './sample-check.js';
import { twoSidedPValue } from './student-t.js';

export interface Correlation {
  readonly coefficient: number;
  /** Two-sided, by t with n - 2 degrees of freedom; none for fewer than 3 pairs. */
  readonly pValue?: number;
}

/** Why a correlation of the two cannot be computed or is not defined; undefined where it is. */
export function undefinedCorrelation(x: readonly number[], y: readonly number[]): Outcome<never> | undefined {
  const refusal = unusablePairs(x, y);
  if (refusal !== undefined) return refusal;
  if (x.length < 2) return skipped(`a correlation needs at least 2 pairs, got ${x.length}`);
  const constant = [x, y].findIndex((values) => values.every((value) => value === values[0]));
  return constant < 0 ? undefined : skipped(`${'xy'[constant]} is constant: a correlation with it is not defined`);
}

/** Pearson's product-moment correlation. Failed for unequal lengths and NaN; not defined for a constant side. */
export function pearsonCorrelation(x: readonly number[], y: readonly number[]): Outcome<Correlation> {
  const undefinedHere = undefinedCorrelation(x, y);
  if (undefinedHere !== undefined) return undefinedHere;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [index, value] of x.entries()) {
    const [dx, dy] = [value - meanX, y[index]! - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const coefficient = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  return ok({ coefficient, ...significance(coefficient, x.length) });
}

/** Spearman's rank correlation: Pearson's of the mean ranks (Spearman 1904). As `pearsonCorrelation` otherwise. */
export function spearmanRankCorrelation(x: readonly number[], y: readonly number[]): Outcome<Correlation> {
  return undefinedCorrelation(x, y) ?? pearsonCorrelation([...meanRanks(x)], [...meanRanks(y)]);
}

function significance(coefficient: number, count: number): Pick<Correlation, 'pValue'> {
  if (count < 3) return {};
  const rest = (1 - coefficient) * (1 + coefficient);
  return { pValue: rest === 0 ? 0 : twoSidedPValue(coefficient * Math.sqrt((count - 2) / rest), count - 2) };
}

/** Interval of Pearson's correlation by Fisher's z (1915, Biometrika 10:507); not defined for fewer than 4 pairs. */
export function fisherInterval(
  coefficient: number,
  { count, level }: { readonly count: number; readonly level: number },
): Outcome<Interval> {
  if (count < 4) return skipped(`the interval of a correlation needs at least 4 pairs, got ${count}`);
  const centre = Math.atanh(coefficient);
  const halfWidth = normalQuantile((1 + level) / 2) / Math.sqrt(count - 3);
  return ok({ lower: Math.tanh(centre - halfWidth), upper: Math.tanh(centre + halfWidth) });
}
