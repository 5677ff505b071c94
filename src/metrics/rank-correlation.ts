import { spearmanRankCorrelation } from '../stats/pearson.js';

/** Spearman's rank correlation with mean ranks for ties; undefined when either side is constant or shorter than 2. */
export function spearmanCorrelation(x: Float64Array, y: Float64Array): number | undefined {
  if (x.length !== y.length) throw new RangeError(`rank correlation of ${x.length} against ${y.length} values`);
  const correlation = spearmanRankCorrelation([...x], [...y]);
  return correlation.status === 'ok' ? correlation.value.coefficient : undefined;
}
