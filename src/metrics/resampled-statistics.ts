import { choleskyFactor } from '../linalg/cholesky.js';
import { type Matrix, rowOf, transpose } from '../linalg/matrix.js';
import { gram } from '../linalg/product.js';
import type { GaussianStatistics } from './gaussian-statistics.js';
import { takeRows } from './take-rows.js';

/**
 * The Gaussian of rows drawn with replacement. Drawn rows count as often as they were drawn, but stand in the factor once: the rank of
 * the covariance, which the Fréchet distance relies on, is that of the distinct rows (about 63 % of them). Needs at least two draws
 * of finite values.
 */
export function resampledStatistics(samples: Matrix, draws: ArrayLike<number>): GaussianStatistics {
  const times = new Map<number, number>();
  for (let index = 0; index < draws.length; index++) times.set(draws[index]!, (times.get(draws[index]!) ?? 0) + 1);
  const distinct = takeRows(samples, [...times.keys()]);
  const weights = [...times.values()];
  const mean = weightedMean(distinct, weights);
  weights.forEach((weight, index) => {
    const scale = Math.sqrt(weight / (draws.length - 1));
    const row = rowOf(distinct, index);
    for (let column = 0; column < row.length; column++) row[column] = (row[column]! - mean[column]!) * scale;
  });
  return {
    count: draws.length,
    dimensions: samples.columns,
    mean,
    trace: distinct.data.reduce((sum, value) => sum + value * value, 0),
    factor: distinct.rows <= distinct.columns ? distinct : choleskyFactor(gram(transpose(distinct))),
    rankBound: distinct.rows - 1,
    constantColumns: constantColumns(distinct),
  };
}

/** Relative to the first row, so that a large common offset costs no digits and constant columns stay exactly that. */
function weightedMean(rows: Matrix, weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const first = rowOf(rows, 0);
  const offset = new Float64Array(rows.columns);
  weights.forEach((weight, index) => {
    const row = rowOf(rows, index);
    for (let column = 0; column < row.length; column++) offset[column]! += weight * (row[column]! - first[column]!);
  });
  return offset.map((sum, column) => first[column]! + sum / total);
}

function constantColumns({ rows, columns, data }: Matrix): number {
  const isConstant = (column: number): boolean => {
    for (let row = 0; row < rows; row++) if (data[row * columns + column] !== 0) return false;
    return true;
  };
  return Array.from({ length: columns }, (_, column) => column).filter(isConstant).length;
}
