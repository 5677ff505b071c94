import type { NumericMatrix } from './matrix.js';

/** Rounding of float32: half a unit in the last place of 1. */
const roundoff = 2 ** -24;
/** The least distance of two float32 numbers. */
const leastStep = 2 ** -149;

/**
 * How far a distance of `forDistanceBlocks` is from the exact one at most: rounding of the values, the squares and their sum (8u of
 * |x|² + |y|²), and of the products and their sums (at most u for each of the columns, Higham 2002, 3.1), doubled for safety. Never 0.
 */
export function distanceSlack(x: NumericMatrix, y: NumericMatrix = x): number {
  const offset = commonMean(x, y);
  const terms = x.columns + 8;
  return 2 * terms * (roundoff * (largestSquare(x, offset) + largestSquare(y, offset)) + leastStep);
}

/** No squared distance of `forDistanceBlocks` exceeds this. */
export function squaredDistanceLimit(x: NumericMatrix, y: NumericMatrix = x): number {
  const offset = commonMean(x, y);
  return 2 * (largestSquare(x, offset) + largestSquare(y, offset)) + distanceSlack(x, y);
}

/** The mean of all rows of both sets. */
export function commonMean(x: NumericMatrix, y: NumericMatrix): Float64Array {
  const sums = new Float64Array(x.columns);
  for (const { rows, columns, data } of x === y ? [x] : [x, y]) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) sums[column]! += data[row * columns + column]!;
    }
  }
  const rows = x === y ? x.rows : x.rows + y.rows;
  return sums.map((sum) => sum / rows);
}

function largestSquare({ rows, columns, data }: NumericMatrix, offset: Float64Array): number {
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += (data[row * columns + column]! - offset[column]!) ** 2;
    largest = Math.max(largest, sum);
  }
  return largest;
}

/** The least float32 number above a limit of 0 or more, but for a few steps: what is below the limit is below it too. */
export function singleAbove(limit: number): number {
  return Math.fround(limit * (1 + 4 * roundoff) + leastStep);
}

/** The same from below, for a limit above 0. */
export function singleBelow(limit: number): number {
  return Math.fround(limit * (1 - 4 * roundoff));
}
