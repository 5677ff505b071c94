import type { Rng } from '../core/rng.js';

/**
 * Means of `resamples` samples drawn with replacement, each as large as `values`. One value a cluster: average
 * whatever belongs together (the seeds of a clip) first, so that clips and not generations are resampled.
 */
export function bootstrapMeans(
  values: readonly number[],
  options: { readonly resamples: number; readonly rng: Rng },
): Float64Array {
  const count = values.length;
  if (count === 0) throw new RangeError('bootstrap of no values');
  const means = new Float64Array(options.resamples);
  for (let resample = 0; resample < means.length; resample++) {
    let sum = 0;
    for (let draw = 0; draw < count; draw++) sum += values[options.rng.integer(count)] as number;
    means[resample] = sum / count;
  }
  return means;
}
