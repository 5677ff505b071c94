import { type Matrix, zeros } from './matrix.js';

/** Pivots that are taken off the rest of the matrix in one pass: a quarter of the memory traffic of one at a time. */
const groupSize = 4;

/**
 * The factor F of a positive semidefinite matrix A with A = FᵀF: the transposed Cholesky factor without its empty rows,
 * `rank x n`. A pivot below `n * 2^-52` of its diagonal is a column that the earlier ones already explain (a constant
 * or repeated one): it adds no row. The threshold is that of LAPACK's `dpstrf`, taken relative to each diagonal because
 * columns may differ widely in scale. Right-looking by rows, so that memory is read in order.
 */
export function choleskyFactor(matrix: Matrix): Matrix {
  const n = matrix.rows;
  const work = matrix.data.slice();
  const pivotRows: number[] = [];
  for (let first = 0; first < n; first += groupSize) {
    const end = Math.min(first + groupSize, n);
    for (let pivot = first; pivot < end; pivot++) {
      const tolerance = n * Number.EPSILON * matrix.data[pivot * n + pivot]!;
      if (scalePivotRow(work, n, pivot, tolerance)) pivotRows.push(pivot);
      for (let row = pivot + 1; row < end; row++) eliminateOne(work, n, row, pivot);
    }
    if (end - first === groupSize) for (let row = end; row < n; row++) eliminateGroup(work, n, row, first);
  }
  return keepRows(work, n, pivotRows);
}

/** Turns the pivot's row into a row of F, or into zeros when the pivot is too small to carry anything. */
function scalePivotRow(work: Float64Array, n: number, pivot: number, tolerance: number): boolean {
  const value = work[pivot * n + pivot]!;
  const row = work.subarray(pivot * n + pivot, (pivot + 1) * n);
  if (!(value > tolerance)) {
    row.fill(0);
    return false;
  }
  const scale = 1 / Math.sqrt(value);
  for (let k = 0; k < row.length; k++) row[k]! *= scale;
  return true;
}

/** Takes the outer product of one pivot's row off one row of the upper triangle. */
function eliminateOne(work: Float64Array, n: number, row: number, pivot: number): void {
  const factor = work[pivot * n + row]!;
  for (let k = row; k < n; k++) work[row * n + k]! -= factor * work[pivot * n + k]!;
}

/** The same for four pivots from `first` on. */
function eliminateGroup(work: Float64Array, n: number, row: number, first: number): void {
  const p0 = first * n;
  const p1 = p0 + n;
  const p2 = p1 + n;
  const p3 = p2 + n;
  const f0 = work[p0 + row]!;
  const f1 = work[p1 + row]!;
  const f2 = work[p2 + row]!;
  const f3 = work[p3 + row]!;
  const target = row * n;
  for (let k = row; k < n; k++) {
    work[target + k]! -= f0 * work[p0 + k]! + f1 * work[p1 + k]! + (f2 * work[p2 + k]! + f3 * work[p3 + k]!);
  }
}

function keepRows(work: Float64Array, n: number, pivotRows: readonly number[]): Matrix {
  const factor = zeros(pivotRows.length, n);
  pivotRows.forEach((pivot, row) => {
    factor.data.set(work.subarray(pivot * n + pivot, (pivot + 1) * n), row * n + pivot);
  });
  return factor;
}
