import { mean } from './mean.js';
import { studentTQuantile } from './student-t.js';

/**
 * Standard error of a statistic from its leave-one-out values: sqrt((n - 1) / n * sum((v - mean)^2))
 * (Tukey 1958; Efron & Tibshirani 1993, eq. 11.5). For a mean it is the textbook standard error exactly.
 */
export function jackknifeStandardError(leaveOneOut: readonly number[]): number {
  const count = leaveOneOut.length;
  if (count < 2) throw new RangeError(`a jackknife needs at least 2 values, got ${count}`);
  const centre = mean(leaveOneOut);
  let squares = 0;
  for (const value of leaveOneOut) squares += (value - centre) ** 2;
  return Math.sqrt(((count - 1) / count) * squares);
}

/** value ± t(n - 1) * standard error, from the n leave-one-out values. */
export function jackknifeT(input: {
  readonly value: number;
  readonly leaveOneOut: readonly number[];
  readonly level: number;
}): { readonly lower: number; readonly upper: number; readonly standardError: number } {
  const standardError = jackknifeStandardError(input.leaveOneOut);
  const halfWidth = studentTQuantile((1 + input.level) / 2, input.leaveOneOut.length - 1) * standardError;
  return { lower: input.value - halfWidth, upper: input.value + halfWidth, standardError };
}
