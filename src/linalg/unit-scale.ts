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
