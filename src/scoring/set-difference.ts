import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Estimate } from '../core/score.js';
import { studentTQuantile, twoSidedPValue } from '../stats/student-t.js';
import { setStandardError } from './set-standard-error.js';
import type { SetValues } from './set-values.js';
import { fewClipsOfSets, intervalLevel } from './settings.js';

interface SetDifference {
  readonly difference: Estimate;
  readonly pValue: number;
  readonly test: 'jackknife-t' | 'bootstrap-standard-error-t';
}

/**
 * A minus B for two values of a set metric on the same clips: the replicates (clips left out, or resampled) are subtracted one by one, so what
 * both systems owe to a clip cancels. Interval and test are Student's with the standard error of the difference.
 */
export function setDifference(a: SetValues, b: SetValues): Outcome<SetDifference> {
  if (a.replicates.length !== b.replicates.length) return skipped('the two figures left out other groups of clips');
  const value = a.value - b.value;
  const replicates = a.replicates.map((replicate, index) => replicate - (b.replicates[index] as number));
  const { standardError, degreesOfFreedom } = setStandardError({ ...a, replicates });
  // Rounding noise of two equal systems must not become a standard error to divide by.
  const resolution = 1e-12 * Math.max(Math.abs(a.value), Math.abs(b.value));
  if (!(standardError > resolution) && Math.abs(value) > resolution) {
    return skipped('the difference is the same without any one clip: there is no spread to test it against');
  }
  const pValue = standardError > resolution ? twoSidedPValue(value / standardError, degreesOfFreedom) : 1;
  const halfWidth = studentTQuantile((1 + intervalLevel) / 2, degreesOfFreedom) * standardError;
  const isBootstrap = a.method === 'bootstrap-percentile';
  const ends = { lower: value - halfWidth, upper: value + halfWidth, standardError, level: intervalLevel };
  const method = isBootstrap ? 'bootstrap-standard-error-t' : a.method;
  const test = isBootstrap ? 'bootstrap-standard-error-t' : 'jackknife-t';
  return ok({ difference: { value, ...ends, method }, pValue, test }, fewClipsWarnings(degreesOfFreedom + 1));
}

function fewClipsWarnings(count: number): string[] {
  return count < fewClipsOfSets
    ? [`${count} clips only: the test can find differences that are not there too often`]
    : [];
}
