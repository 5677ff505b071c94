import { failed, type Outcome, ok } from '../core/outcome.js';
import type { NumericMatrix } from '../linalg/matrix.js';
import { singularValuesOfProduct } from '../linalg/singular-values.js';
import { type GaussianStatistics, gaussianStatistics } from './gaussian-statistics.js';

/** |μx - μy|² + tr Σx + tr Σy - 2 tr √(Σx Σy), with its terms. */
export interface FrechetDistance {
  readonly value: number;
  readonly meanTerm: number;
  readonly traceX: number;
  readonly traceY: number;
  readonly traceSqrt: number;
}

/** What is left below this part of the sum of all terms is rounding: equal sets give exactly 0. */
const roundingNoise = 1e-12;

/**
 * Fréchet distance of Gaussians fitted to two sets of feature vectors, one a row (Dowson & Landau 1982; Heusel et al. 2017;
 * for audio Kilgour et al. 2019, FAD). Covariances with n - 1, float64 throughout. Refuses fewer than two rows, values
 * that are not finite (naming the row) and different numbers of columns; warns when a set has no more rows than columns.
 */
export function frechetDistance(x: NumericMatrix, y: NumericMatrix): Outcome<FrechetDistance> {
  if (x.columns !== y.columns) {
    return failed('dimensions-differ', `the first set has ${x.columns} columns, the second ${y.columns}`);
  }
  const first = gaussianStatistics(x, 'the first set');
  if (first.status !== 'ok') return first;
  const second = gaussianStatistics(y, 'the second set');
  if (second.status !== 'ok') return second;
  return ok(frechetFromStatistics(first.value, second.value), [
    ...statisticsWarnings(first.value, 'the first set'),
    ...statisticsWarnings(second.value, 'the second set'),
  ]);
}

/** The distance of two fitted Gaussians of equal dimensions; never negative. */
export function frechetFromStatistics(x: GaussianStatistics, y: GaussianStatistics): FrechetDistance {
  const meanTerm = x.mean.reduce((sum, mean, column) => sum + (mean - y.mean[column]!) ** 2, 0);
  const traceSqrt = traceOfRoot(x, y);
  const positive = meanTerm + x.trace + y.trace;
  const value = positive - 2 * traceSqrt;
  return {
    value: value < roundingNoise * positive ? 0 : value,
    meanTerm,
    traceX: x.trace,
    traceY: y.trace,
    traceSqrt,
  };
}

/**
 * tr √(Σx Σy) is the sum of the singular values of C = Fx Fyᵀ. Only as many as the rank
 * allows are summed: the others are rounding noise whose roots (about 1e-8 of the largest each) would bias the distance low.
 */
function traceOfRoot(x: GaussianStatistics, y: GaussianStatistics): number {
  const [small, large] = x.factor.rows <= y.factor.rows ? [x, y] : [y, x];
  const rank = Math.min(small.factor.rows, large.factor.rows, x.rankBound, y.rankBound);
  if (rank === 0) return 0;
  return singularValuesOfProduct(small.factor, large.factor)
    .subarray(0, rank)
    .reduce((sum, value) => sum + value, 0);
}

/** What a reader must know of a fitted Gaussian to trust a distance to it; `name` says which set it is. */
export function statisticsWarnings(statistics: GaussianStatistics, name: string): string[] {
  const { count, dimensions, constantColumns, trace } = statistics;
  const warnings: string[] = [];
  if (count <= dimensions) {
    warnings.push(
      `${name} has ${count} samples in ${dimensions} dimensions: its covariance is singular and the distance too large`,
    );
  }
  if (trace === 0) warnings.push(`${name} has no variance: all its samples are equal`);
  else if (constantColumns > 0) warnings.push(`${constantColumns} of ${dimensions} columns of ${name} are constant`);
  return warnings;
}
