import { type Matrix, rowOf } from '../linalg/matrix.js';
import { squaredDistances } from '../linalg/squared-distances.js';

/** Rows of distances held at a time, which bounds the memory at this times the size of a set. */
const rowBlock = 64;

/** Squared distances of each row to those behind it, so that each pair of a set is visited once. */
export function forPairRows(set: Matrix, visit: (row: number, distances: Float64Array) => void): void {
  for (let from = 0; from < set.rows; from += rowBlock) {
    const rest = { rows: set.rows - from, columns: set.columns, data: set.data.subarray(from * set.columns) };
    const to = Math.min(rowBlock, rest.rows);
    const block = squaredDistances(rest, rest, { from: 0, to });
    for (let row = 0; row < to; row++) visit(from + row, rowOf(block, row).subarray(row + 1));
  }
}

/** The squared distances of all pairs of a set: n (n - 1) / 2 values of 8 bytes, 100 MB for 5000 rows. */
export function pairDistances(set: Matrix): Float64Array {
  const pairs = new Float64Array((set.rows * (set.rows - 1)) / 2);
  let at = 0;
  forPairRows(set, (_, distances) => {
    pairs.set(distances, at);
    at += distances.length;
  });
  return pairs;
}
