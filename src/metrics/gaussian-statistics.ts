import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { choleskyFactor } from '../linalg/cholesky.js';
import { centre, covarianceOfCentred } from '../linalg/covariance.js';
import { type Matrix, type NumericMatrix, nonFiniteRow } from '../linalg/matrix.js';
import { distinctRowCount } from './distinct-rows.js';

/** A Gaussian fitted to a set of feature vectors. */
export interface GaussianStatistics {
  readonly count: number;
  readonly dimensions: number;
  readonly mean: Float64Array;
  /** Trace of the covariance (n - 1). */
  readonly trace: number;
  /**
   * F with covariance = FᵀF, at most min(count, dimensions) rows. For count <= dimensions it is the centred samples over √(n - 1)
   * (the Gram form: no `d x d` matrix is ever built), else the Cholesky factor of the covariance without its empty rows.
   */
  readonly factor: Matrix;
  /** What the rank of the covariance cannot exceed: different samples less 1. */
  readonly rankBound: number;
  /** Columns with one and the same value in all rows. */
  readonly constantColumns: number;
}

/**
 * Mean and covariance (as a factor) of `samples`, one a row. `name` says in messages which set it is.
 * Skipped below two rows; failed, naming the row, when a value is not finite.
 */
export function gaussianStatistics(samples: NumericMatrix, name: string): Outcome<GaussianStatistics> {
  const { rows, columns } = samples;
  if (rows < 2) return skipped(`a covariance needs at least 2 samples, ${name} has ${rows}`);
  const badRow = nonFiniteRow(samples);
  if (badRow !== undefined) return failed('not-finite', `row ${badRow} of ${name} holds a value that is not finite`);
  const { mean, centred } = centre(samples);
  const variances = columnVariances(centred);
  return ok({
    count: rows,
    dimensions: columns,
    mean,
    trace: variances.reduce((sum, variance) => sum + variance, 0),
    factor: rows <= columns ? scaled(centred, 1 / Math.sqrt(rows - 1)) : choleskyFactor(covarianceOfCentred(centred)),
    // Copies of a row leave eigenvalues of rounding noise, whose roots would move the distance by some 1e-8.
    rankBound: distinctRowCount(samples) - 1,
    constantColumns: variances.filter((variance) => variance === 0).length,
  });
}

/** Sum of squares of each column over n - 1, for columns that are centred. */
function columnVariances({ rows, columns, data }: Matrix): Float64Array {
  const variances = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column]!;
      variances[column]! += value * value;
    }
  }
  return variances.map((sum) => sum / (rows - 1));
}

function scaled(matrix: Matrix, factor: number): Matrix {
  return { ...matrix, data: matrix.data.map((value) => value * factor) };
}
