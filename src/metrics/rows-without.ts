import type { NumericMatrix } from '../linalg/matrix.js';

/** A copy of the matrix without the rows of these indices. */
export function rowsWithout<M extends NumericMatrix>(matrix: M, left: readonly number[]): M {
  const { rows, columns, data } = matrix;
  const gone = new Set(left);
  const kept = data.filter((_, index) => !gone.has(Math.floor(index / columns)));
  return { ...matrix, rows: rows - gone.size, data: kept };
}
