import { failed, mapOutcome, type Outcome, skipped } from '../core/outcome.js';
import { type Matrix, type NumericMatrix, rowOf, transpose } from '../linalg/matrix.js';
import { gram } from '../linalg/product.js';
import { symmetricEigenvalues } from '../linalg/symmetric-eigenvalues.js';
import { distinctRows } from './distinct-rows.js';
import { unitRows } from './unit-rows.js';

/**
 * Effective number of different samples (Friedman & Dieng 2023, arXiv:2210.02410; orders: Pasarkar & Dieng 2024,
 * arXiv:2310.12952): the Hill number of the given order of the eigenvalues of K / N, with the cosine kernel K of the rows.
 * From 1 (all parallel) to the smaller of rows and columns. Order 1 is the exponential of the entropy, order Infinity counts the largest
 * eigenvalue only. Refuses an empty set, values that are not finite and rows of zeros, which have no direction.
 */
export function vendiScore(samples: NumericMatrix, options: { readonly order: number }): Outcome<number> {
  if (!(options.order > 0)) return failed('bad-order', `the order must be above 0, got ${options.order}`);
  if (samples.rows === 0) return skipped('no samples');
  return mapOutcome(unitRows(samples), (directions) => hillNumber(kernelSpectrum(directions), options.order));
}

/**
 * Eigenvalues of K / N above 0; those of the smaller of X Xᵀ and Xᵀ X, which share them. Repeated rows stand in X once, longer by the
 * root of their number: the same spectrum without eigenvalues that are 0 but for rounding, which orders below 1 make visible.
 */
function kernelSpectrum(directions: Matrix): Float64Array {
  const { rows: distinct, counts } = distinctRows(directions);
  counts.forEach((count, index) => {
    const row = rowOf(distinct, index);
    if (count > 1) row.set(row.map((value) => value * Math.sqrt(count)));
  });
  const kernel = gram(distinct.rows <= distinct.columns ? distinct : transpose(distinct));
  return symmetricEigenvalues(kernel)
    .map((value) => value / directions.rows)
    .filter((value) => value > 0);
}

/** Hill number of shares that sum to 1. */
function hillNumber(shares: Float64Array, order: number): number {
  if (order === Number.POSITIVE_INFINITY) return 1 / shares[0]!;
  if (order === 1) return Math.exp(-shares.reduce((sum, share) => sum + share * Math.log(share), 0));
  return shares.reduce((sum, share) => sum + share ** order, 0) ** (1 / (1 - order));
}
