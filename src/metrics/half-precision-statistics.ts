import { mapOutcome, type Outcome } from '../core/outcome.js';
import type { NumericMatrix } from '../linalg/matrix.js';
import { type GaussianStatistics, gaussianStatistics } from './gaussian-statistics.js';
import { roundToHalf } from './half-precision.js';

/** Every value as half precision holds it. */
export function halfPrecisionOf(samples: NumericMatrix): NumericMatrix {
  return { ...samples, data: Float64Array.from(samples.data, roundToHalf) };
}

/**
 * The statistics of one song in fadtk (fad.py): features are stored in half precision, `np.mean` of them adds in float32, row after row,
 * and gives half precision again, while `np.cov` computes in float64. Refuses as `gaussianStatistics` does.
 */
export function halfPrecisionStatistics(samples: NumericMatrix, name: string): Outcome<GaussianStatistics> {
  const stored = halfPrecisionOf(samples);
  return mapOutcome(gaussianStatistics(stored, name), (statistics) => ({
    ...statistics,
    mean: halfPrecisionMean(stored),
  }));
}

/** Mean of each column of half-precision values as NumPy gives it: float32 sums, rounded to half. */
export function halfPrecisionMean({ rows, columns, data }: NumericMatrix): Float64Array {
  const sums = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) sums[column]! += data[row * columns + column]!;
  }
  return Float64Array.from(sums, (sum) => roundToHalf(Math.fround(sum / rows)));
}
