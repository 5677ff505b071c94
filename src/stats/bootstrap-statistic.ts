import type { Rng } from '../core/rng.js';

/** A statistic of each of `resamples` samples drawn with replacement; for means `bootstrapMeans` is faster and the same. */
export function bootstrapStatistic(
  values: readonly number[],
  options: {
    readonly resamples: number;
    readonly rng: Rng;
    readonly statistic: (sample: Float64Array) => number;
  },
): Float64Array {
  const { resamples, rng, statistic } = options;
  if (values.length === 0) throw new RangeError('bootstrap of no values');
  const sample = new Float64Array(values.length);
  return Float64Array.from({ length: resamples }, () => {
    for (let draw = 0; draw < sample.length; draw++) sample[draw] = values[rng.integer(values.length)] as number;
    return statistic(sample);
  });
}
