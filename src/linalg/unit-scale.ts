import { float64Of, type Matrix, type NumericMatrix } from './matrix.js';

/**
 * The power of two that brings the largest value of all matrices to between 1/2 and 1 (1 for zeros only). Multiplying by it changes no
 * digit, and squares of the results neither overflow nor vanish in float32.
 */
export function unitScale(...matrices: readonly NumericMatrix[]): number {
  let largest = 0;
  for (const { data } of matrices)
    for (let index = 0; index < data.length; index++) largest = Math.max(largest, Math.abs(data[index]!));
  return largest === 0 ? 1 : 2 ** -(Math.floor(Math.log2(largest)) + 1);
}

/** A float64 copy, each value times `scale`. */
export function scaledBy(matrix: NumericMatrix, scale: number): Matrix {
  const copy = float64Of(matrix);
  for (let index = 0; index < copy.data.length; index++) copy.data[index]! *= scale;
  return copy;
}

/**
 * The largest magnitude rounded to a power of two, 0 for zeros only: dividing by it is exact, and squares then neither overflow nor vanish in
 * float64. Throws a RangeError on NaN or infinities.
 */
export function powerOfTwoNear(data: Float64Array): number {
  let largest = 0;
  // By index: iterators and callbacks of typed arrays cost more than the arithmetic.
  for (let index = 0; index < data.length; index++) {
    const size = Math.abs(data[index]!);
    if (!(size < Number.POSITIVE_INFINITY)) throw new RangeError('eigenvalues of a matrix that is not finite');
    if (size > largest) largest = size;
  }
  return largest === 0 ? 0 : 2 ** Math.floor(Math.log2(largest));
}
