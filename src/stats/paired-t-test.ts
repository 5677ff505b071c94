import { type Outcome, ok, skipped } from '../core/outcome.js';
import { mean } from './mean.js';
import type { Interval } from './percentile-interval.js';
import { unusablePairs } from './sample-check.js';
import { studentTQuantile, twoSidedPValue } from './student-t.js';
import { hasNoSpread, standardErrorOfMean } from './variance.js';

export interface PairedTTest {
  readonly t: number;
  readonly pValue: number;
  /** Of the mean difference x - y, 95 %. */
  readonly interval: Interval;
}

/**
 * Student's paired t-test, two-sided (Student 1908, Biometrika 6:1). Right for normal differences; for a handful of clips
 * with other shapes see `pairedBootstrapPValue`. Not defined for fewer than 2 pairs or equal differences.
 */
export function pairedTTest(x: readonly number[], y: readonly number[]): Outcome<PairedTTest> {
  const refusal = unusablePairs(x, y);
  if (refusal !== undefined) return refusal;
  if (x.length < 2) return skipped(`a paired t-test needs at least 2 pairs, got ${x.length}`);
  const differences = x.map((value, index) => value - y[index]!);
  if (hasNoSpread(differences)) return skipped('all differences are equal: t is not defined');
  const centre = mean(differences);
  const error = standardErrorOfMean(differences);
  const halfWidth = studentTQuantile(0.975, x.length - 1) * error;
  const t = centre / error;
  return ok({
    t,
    pValue: twoSidedPValue(t, x.length - 1),
    interval: { lower: centre - halfWidth, upper: centre + halfWidth },
  });
}
