/** A row-major matrix of 64-bit floats, `rows * columns` values: what all computation runs on. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A row-major matrix as it is handed in: `FeatureMatrix` (float32) and `Matrix` (float64) both fit. */
export interface NumericMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array | Float64Array;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

/** A float64 copy of any matrix. */
export function float64Of(matrix: NumericMatrix): Matrix {
  return { rows: matrix.rows, columns: matrix.columns, data: Float64Array.from(matrix.data) };
}

/** Row `index` as a view into the matrix, not a copy. */
export function rowOf(matrix: Matrix, index: number): Float64Array {
  return matrix.data.subarray(index * matrix.columns, (index + 1) * matrix.columns);
}

/** Side of the square blocks that `transpose` moves: two of them fit in a 32 KiB cache. */
const transposeBlock = 32;

/** `rows x columns` to `columns x rows`. */
export function transpose(matrix: Matrix): Matrix {
  const result = zeros(matrix.columns, matrix.rows);
  for (let row = 0; row < matrix.rows; row += transposeBlock) {
    for (let column = 0; column < matrix.columns; column += transposeBlock) copyTransposed(matrix, result, row, column);
  }
  return result;
}

function copyTransposed(from: Matrix, to: Matrix, firstRow: number, firstColumn: number): void {
  const rowEnd = Math.min(firstRow + transposeBlock, from.rows);
  const columnEnd = Math.min(firstColumn + transposeBlock, from.columns);
  for (let row = firstRow; row < rowEnd; row++) {
    for (let column = firstColumn; column < columnEnd; column++) {
      to.data[column * to.columns + row] = from.data[row * from.columns + column]!;
    }
  }
}

/** The first row that holds a NaN or an infinity. */
export function nonFiniteRow(matrix: NumericMatrix): number | undefined {
  const { data, columns } = matrix;
  // A value less itself is 0, or NaN for what is not finite.
  for (let index = 0; index < data.length; index++)
    if (data[index]! - data[index]! !== 0) return Math.floor(index / columns);
  return undefined;
}
