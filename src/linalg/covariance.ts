import { type Matrix, type NumericMatrix, zeros } from './matrix.js';
import { gramOfColumns } from './product.js';

export interface Centred {
  /** Mean of each column. */
  readonly mean: Float64Array;
  /** The rows with the mean taken off. */
  readonly centred: Matrix;
}

/**
 * Column means, and the rows relative to them. Each column is first taken relative to its first value, so a constant
 * column becomes exactly zero and a large common offset costs no digits. Needs at least one row.
 */
export function centre(samples: NumericMatrix): Centred {
  const { rows, columns, data } = samples;
  const centred = zeros(rows, columns);
  const offset = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const shifted = data[row * columns + column]! - data[column]!;
      centred.data[row * columns + column] = shifted;
      offset[column]! += shifted;
    }
  }
  for (let column = 0; column < columns; column++) offset[column]! /= rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) centred.data[row * columns + column]! -= offset[column]!;
  }
  return { mean: offset.map((value, column) => value + data[column]!), centred };
}

/** Covariance with n - 1 of rows that are already centred: `n x d` gives `d x d`. Needs at least two rows. */
export function covarianceOfCentred(centred: Matrix): Matrix {
  const covariance = gramOfColumns(centred);
  const scale = 1 / (centred.rows - 1);
  for (let i = 0; i < covariance.data.length; i++) covariance.data[i]! *= scale;
  return covariance;
}
