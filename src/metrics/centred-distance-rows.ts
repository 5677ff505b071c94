import { commonMean } from '../linalg/distance-bounds.js';
import { type Matrix, type NumericMatrix, rowOf } from '../linalg/matrix.js';
import { multiplyTransposed } from '../linalg/product.js';

/** Rows of distances held at a time, which bounds the memory at this times the size of a set. */
const rowBlock = 128;

/**
 * Squared distances of each row of `x` to all rows of `y`, or with y left out to the rows of x behind it, so that each pair is visited once:
 * |x|² + |y|² - 2xy in float64 relative to the mean of both, some rows in memory at a time. The view is only valid during the visit.
 */
export function forCentredDistanceRows(
  { x, y }: { readonly x: NumericMatrix; readonly y?: NumericMatrix | undefined },
  visit: (row: number, distances: Float64Array) => void,
): void {
  const mean = commonMean(x, y ?? x);
  const left = relativeTo(mean, x);
  const right = y === undefined ? left : relativeTo(mean, y);
  const [leftSquares, rightSquares] = [squaresOf(left), squaresOf(right)];
  for (let from = 0; from < x.rows; from += rowBlock) {
    const first = y === undefined ? from : 0;
    const others = rowsFrom(right, first, right.rows);
    const products = multiplyTransposed(rowsFrom(left, from, Math.min(from + rowBlock, x.rows)), others);
    for (let row = from; row < from + products.rows; row++) {
      const distances = rowOf(products, row - from);
      const square = leftSquares[row]!;
      const start = y === undefined ? row + 1 - from : 0;
      for (let other = start; other < others.rows; other++) {
        // Rounding can make the distance of equal rows negative.
        distances[other] = Math.max(0, square + rightSquares[first + other]! - 2 * distances[other]!);
      }
      visit(row, distances.subarray(start));
    }
  }
}

function relativeTo(mean: Float64Array, { rows, columns, data }: NumericMatrix): Matrix {
  const moved = Float64Array.from(data);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) moved[row * columns + column]! -= mean[column]!;
  }
  return { rows, columns, data: moved };
}

function squaresOf(matrix: Matrix): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, row) =>
    rowOf(matrix, row).reduce((sum, value) => sum + value * value, 0),
  );
}

function rowsFrom({ columns, data }: Matrix, from: number, to: number): Matrix {
  return { rows: to - from, columns, data: data.subarray(from * columns, to * columns) };
}
