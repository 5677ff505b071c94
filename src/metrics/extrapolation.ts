import { mean } from '../stats/mean.js';

/** value(n) = intercept + slope / n: what a statistic with a bias in 1/n comes to with endless data. */
export interface Extrapolation {
  /** The value at 1/n = 0. */
  readonly intercept: number;
  readonly slope: number;
  /** Share of the spread of the points that the line explains. */
  readonly rSquared: number;
}

/** `count` sizes from `from` to `to`, cut to whole numbers; descending where `to` is below `from`. As int(numpy.linspace(...)). */
export function sampleSizes({
  from,
  to,
  count,
}: {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}): number[] {
  const step = (to - from) / (count - 1);
  return Array.from({ length: count }, (_, index) => (index === count - 1 ? to : Math.trunc(index * step + from)));
}

/** Least squares line through values over the inverse of their sample sizes, of which at least two must differ. */
export function extrapolate(sizes: readonly number[], values: readonly number[]): Extrapolation {
  const inverses = sizes.map((size) => 1 / size);
  const [centre, height] = [mean(inverses), mean(values)];
  let [spread, shared, total] = [0, 0, 0];
  inverses.forEach((inverse, index) => {
    const [across, up] = [inverse - centre, values[index]! - height];
    spread += across * across;
    shared += across * up;
    total += up * up;
  });
  if (spread === 0) throw new RangeError('a line needs points of at least two sample sizes');
  const slope = shared / spread;
  // Points that are all equal lie on their line.
  return { intercept: height - slope * centre, slope, rSquared: total === 0 ? 1 : (slope * shared) / total };
}
