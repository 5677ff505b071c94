import type { Matrix, NumericMatrix } from '../linalg/matrix.js';
import { takeRows } from './take-rows.js';

export interface DistinctRows {
  /** Each row once, in the order of first appearance. */
  readonly rows: Matrix;
  /** How often each came. */
  readonly counts: readonly number[];
}

/** Rows with all values equal taken together: sorted by their values, equal ones are neighbours. Needs values that are not NaN. */
export function distinctRows(matrix: Matrix): DistinctRows {
  const counts = new Map<number, number>();
  for (const first of firstEqualRows(matrix)) counts.set(first, (counts.get(first) ?? 0) + 1);
  const places = [...counts.keys()].sort((a, b) => a - b);
  return { rows: takeRows(matrix, places), counts: places.map((place) => counts.get(place)!) };
}

/** How many rows differ from each other. Needs values that are not NaN. */
export function distinctRowCount(matrix: NumericMatrix): number {
  return firstEqualRows(matrix).filter((first, row) => first === row).length;
}

/** For each row the first one that is equal to it. Needs values that are not NaN. */
export function firstEqualRows(matrix: NumericMatrix): Uint32Array {
  const firsts = new Uint32Array(matrix.rows);
  let first = 0;
  sortedRows(matrix).forEach((row, place) => {
    if (place === 0 || difference(matrix, first, row) !== 0) first = row;
    firsts[row] = first;
  });
  return firsts;
}

/** The indices of the rows in the order of their values, equal rows in their own. */
function sortedRows(matrix: NumericMatrix): Uint32Array {
  return Uint32Array.from({ length: matrix.rows }, (_, index) => index).sort(
    (a, b) => difference(matrix, a, b) || a - b,
  );
}

/** The first difference between two rows; 0 where there is none. */
function difference({ columns, data }: NumericMatrix, a: number, b: number): number {
  for (let column = 0; column < columns; column++) {
    const distance = data[a * columns + column]! - data[b * columns + column]!;
    if (distance !== 0) return distance;
  }
  return 0;
}
