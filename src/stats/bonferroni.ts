/**
 * Bonferroni's adjusted p-values: each times their number, at most 1. Holm's (`holm`) are never larger and hold the same
 * error rate; these are for comparison. Throws on anything that is not a probability.
 */
export function bonferroni(pValues: readonly number[]): number[] {
  return pValues.map((p, index) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`p-value ${index} is not in [0, 1]: ${p}`);
    return Math.min(1, p * pValues.length);
  });
}
