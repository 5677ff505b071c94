import { failed, type Outcome, ok } from '../core/outcome.js';
import { choleskyFactor } from '../linalg/cholesky.js';
import { type Matrix, nonFiniteRow } from '../linalg/matrix.js';
import type { GaussianStatistics } from './gaussian-statistics.js';

export interface PublishedMoments {
  readonly mean: Float64Array;
  /** d x d, with n - 1. */
  readonly covariance: Matrix;
  /** Samples behind them, where the publisher says so. */
  readonly count?: number;
}

/** Beyond this part of the largest variance a covariance and its transpose are not the same matrix. */
const asymmetry = 1e-4;

/**
 * Statistics that somebody published in place of a reference set. Refuses shapes that do not fit each other, values that are not finite,
 * variances below 0 and a matrix that is not symmetric: no covariance looks like that.
 */
export function publishedStatistics({ mean, covariance, count }: PublishedMoments): Outcome<GaussianStatistics> {
  const dimensions = mean.length;
  if (covariance.rows !== dimensions || covariance.columns !== dimensions) {
    return failed(
      'dimensions-differ',
      `the mean has ${dimensions} values, the covariance is ${covariance.rows} x ${covariance.columns}`,
    );
  }
  if (!mean.every(Number.isFinite)) return failed('not-finite', 'the mean holds a value that is not finite');
  const badRow = nonFiniteRow(covariance);
  if (badRow !== undefined)
    return failed('not-finite', `row ${badRow} of the covariance holds a value that is not finite`);
  const variances = Float64Array.from({ length: dimensions }, (_, k) => covariance.data[k * dimensions + k]!);
  const negative = variances.findIndex((variance) => variance < 0);
  if (negative >= 0) return failed('not-a-covariance', `variance ${negative} is below 0`);
  const largest = variances.reduce((most, variance) => Math.max(most, variance), 0);
  if (largestAsymmetry(covariance) > asymmetry * largest)
    return failed('not-a-covariance', 'the matrix is not symmetric');
  return ok({
    // A publisher who does not say how many samples there were is taken to have had enough.
    count: count ?? Number.POSITIVE_INFINITY,
    dimensions,
    mean,
    trace: variances.reduce((sum, variance) => sum + variance, 0),
    factor: choleskyFactor(covariance),
    rankBound: count === undefined ? dimensions : count - 1,
    constantColumns: variances.filter((variance) => variance === 0).length,
  });
}

/** Side of the squares that are compared at a time with those across the diagonal: both then stay in the cache. */
const squareSide = 32;

function largestAsymmetry({ rows, data }: Matrix): number {
  let largest = 0;
  for (let top = 0; top < rows; top += squareSide) {
    for (let left = 0; left <= top; left += squareSide) {
      for (let row = top; row < Math.min(top + squareSide, rows); row++) {
        for (let column = left; column < Math.min(left + squareSide, row); column++) {
          const difference = Math.abs(data[row * rows + column]! - data[column * rows + row]!);
          if (difference > largest) largest = difference;
        }
      }
    }
  }
  return largest;
}
