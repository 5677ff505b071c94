import { failed, type Outcome, ok } from '../core/outcome.js';
import { float64Of, type Matrix, type NumericMatrix, nonFiniteRow, rowOf } from '../linalg/matrix.js';

/** The rows scaled to length 1. Refuses, naming the row, values that are not finite and rows of zeros, which have no direction. */
export function unitRows(samples: NumericMatrix): Outcome<Matrix> {
  const badRow = nonFiniteRow(samples);
  if (badRow !== undefined) return failed('not-finite', `row ${badRow} holds a value that is not finite`);
  const directions = float64Of(samples);
  for (let index = 0; index < directions.rows; index++) {
    const row = rowOf(directions, index);
    // Relative to the largest value, so that squares of tiny or huge ones neither vanish nor overflow.
    const largest = row.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (largest === 0) return failed('zero-vector', `row ${index} is all zeros and has no direction`);
    const length = Math.sqrt(row.reduce((sum, value) => sum + (value / largest) * (value / largest), 0));
    for (let k = 0; k < row.length; k++) row[k] = row[k]! / largest / length;
  }
  return ok(directions);
}
