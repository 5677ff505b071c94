/** Spearman's rank correlation with mean ranks for ties; undefined when either side is constant or shorter than 2. */
export function spearmanCorrelation(x: Float64Array, y: Float64Array): number | undefined {
  if (x.length !== y.length) throw new RangeError(`rank correlation of ${x.length} against ${y.length} values`);
  return pearsonCorrelation(meanRanks(x), meanRanks(y));
}

/** Ranks from 1; equal values share the mean of their ranks. */
export function meanRanks(values: Float64Array): Float64Array {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let place = start; place < end; place++) ranks[order[place]!] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

function pearsonCorrelation(x: Float64Array, y: Float64Array): number | undefined {
  const meanX = meanOf(x);
  const meanY = meanOf(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let index = 0; index < x.length; index++) {
    const dx = x[index]! - meanX;
    const dy = y[index]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (xx === 0 || yy === 0) return undefined;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
