import { spearmanCorrelation } from './rank-correlation.js';

/** Curves that vary by no more than this are constant but for rounding. */
const constantRange = 1e-6;

/** Whether a curve has no rank order. */
export function isConstant(values: Float64Array): boolean {
  const lowest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  return values.every((value) => value - lowest <= constantRange);
}

/**
 * The largest Spearman correlation of two curves of equal length over all lags from `-largestLag` to `largestLag` steps; a lag that leaves
 * only a constant stretch does not count. Undefined where none counts. A largest of several is above 0 by chance.
 */
export function largestLaggedSpearman(
  x: Float64Array,
  y: Float64Array,
  { largestLag }: { readonly largestLag: number },
): number | undefined {
  const correlations: number[] = [];
  for (let lag = -largestLag; lag <= largestLag; lag++) {
    const later = x.subarray(Math.max(0, lag), x.length + Math.min(0, lag));
    const earlier = y.subarray(Math.max(0, -lag), y.length + Math.min(0, -lag));
    const correlation = spearmanCorrelation(later, earlier);
    if (correlation !== undefined) correlations.push(correlation);
  }
  return correlations.length === 0 ? undefined : Math.max(...correlations);
}
