import { type Matrix, rowOf } from '../linalg/matrix.js';
import { takeRows } from './take-rows.js';

export interface DistinctRows {
  /** Each row once, in the order of first appearance. */
  readonly rows: Matrix;
  /** How often each came. */
  readonly counts: readonly number[];
}

/** Rows with all values equal taken together: sorted by their values, equal ones are neighbours. Needs values that are not NaN. */
export function distinctRows(matrix: Matrix): DistinctRows {
  const sorted = Array.from({ length: matrix.rows }, (_, index) => index).sort(
    (a, b) => difference(matrix, a, b) || a - b,
  );
  const counts = new Map<number, number>();
  let first = -1;
  for (const index of sorted) {
    if (first < 0 || difference(matrix, first, index) !== 0) first = index;
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  const places = [...counts.keys()].sort((a, b) => a - b);
  return { rows: takeRows(matrix, places), counts: places.map((place) => counts.get(place)!) };
}

/** The first difference between two rows; 0 where there is none. */
function difference(matrix: Matrix, a: number, b: number): number {
  const [left, right] = [rowOf(matrix, a), rowOf(matrix, b)];
  for (let column = 0; column < left.length; column++) {
    if (left[column] !== right[column]) return left[column]! - right[column]!;
  }
  return 0;
}
