import { mean } from './mean.js';

/** The mean of all values but one, for each value in turn. Needs at least 2 values. */
export function leaveOneOutMeans(values: readonly number[]): number[] {
  if (values.length < 2) throw new RangeError(`leaving one out needs at least 2 values, got ${values.length}`);
  const centre = mean(values);
  // Written around the mean, so that equal values give exactly equal results.
  return values.map((value) => centre + (centre - value) / (values.length - 1));
}
