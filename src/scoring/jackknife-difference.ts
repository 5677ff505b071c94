import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Estimate } from '../core/score.js';
import { jackknifeT } from '../stats/jackknife.js';
import { twoSidedPValue } from '../stats/student-t.js';
import type { SetValues } from './set-values.js';
import { fewClipsOfSets, intervalLevel } from './settings.js';

/**
 * A minus B for two values of a set metric on the same clips: the leave-one-out values are subtracted clip by clip,
 * so what both systems owe to a clip cancels, and the t(n - 1) interval and test follow from the jackknife.
 */
export function jackknifeDifference(
  a: SetValues,
  b: SetValues,
): Outcome<{ readonly difference: Estimate; readonly pValue: number; readonly test: 'jackknife-t' }> {
  if (a.leaveOneOut.length !== b.leaveOneOut.length) return skipped('the two figures left out other groups of clips');
  const value = a.value - b.value;
  const leaveOneOut = a.leaveOneOut.map((left, index) => left - (b.leaveOneOut[index] as number));
  const level = intervalLevel;
  const interval = jackknifeT({ value, leaveOneOut, level });
  const { standardError } = interval;
  // Rounding noise of two equal systems must not become a standard error to divide by.
  const resolution = 1e-12 * Math.max(Math.abs(a.value), Math.abs(b.value));
  if (!(standardError > resolution) && Math.abs(value) > resolution) {
    return skipped('the difference is the same without any one clip: there is no spread to test it against');
  }
  const pValue = standardError > resolution ? twoSidedPValue(value / standardError, leaveOneOut.length - 1) : 1;
  const count = leaveOneOut.length;
  const warnings =
    count < fewClipsOfSets ? [`${count} clips only: the test can find differences that are not there too often`] : [];
  return ok({ difference: { value, ...interval, level, method: a.method }, pValue, test: 'jackknife-t' }, warnings);
}
