import type { Matrix, NumericMatrix } from './matrix.js';

/** Rows of a strip. */
export const stripRows = 4;

/**
 * A matrix in strips, the order that the kernels read: four rows interleaved, all their values of column 0, then of column 1, and so on.
 * Value (row, column) is at `at + (row >> 2) * 4 * columns + 4 * column + (row & 3)`. The last strip is filled up with rows of zeros.
 */
export interface Strips {
  /** Index of the first value in the cells of the workspace. */
  readonly at: number;
  /** Strips, not rows. */
  readonly count: number;
  /** Columns from a strip to the next: for a part of a matrix those of the whole. */
  readonly columns: number;
}

export function stripsOf(rows: number): number {
  return Math.ceil(rows / stripRows);
}

/** Cells of a matrix in strips. */
export function stripCells(rows: number, columns: number): number {
  return stripsOf(rows) * stripRows * columns;
}

/** A rectangle of a row-major matrix. */
export interface MatrixPart {
  readonly matrix: NumericMatrix;
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
}

/** Copies a part of a row-major matrix into strips, whose cells must be zero where rows are missing. */
export function packRows(cells: Float64Array, strips: Strips, { matrix, ...part }: MatrixPart): void {
  const { columns } = strips;
  let row = part.firstRow;
  let to = strips.at;
  for (; row + stripRows <= part.endRow; row += stripRows) {
    packStrip(cells, to, { matrix, ...part, firstRow: row });
    to += stripRows * columns;
  }
  for (let lane = 0; row + lane < part.endRow; lane++) {
    const from = (row + lane) * matrix.columns + part.firstColumn;
    for (let k = 0; k < part.endColumn - part.firstColumn; k++) cells[to + 4 * k + lane] = matrix.data[from + k]!;
  }
}

/** Four whole rows at once: their memory is then written in order. */
function packStrip(cells: Float64Array, to: number, { matrix, firstRow, firstColumn, endColumn }: MatrixPart): void {
  const { columns, data } = matrix;
  const row0 = firstRow * columns;
  const row1 = row0 + columns;
  const row2 = row1 + columns;
  const row3 = row2 + columns;
  let cell = to;
  for (let k = firstColumn; k < endColumn; k++) {
    cells[cell] = data[row0 + k]!;
    cells[cell + 1] = data[row1 + k]!;
    cells[cell + 2] = data[row2 + k]!;
    cells[cell + 3] = data[row3 + k]!;
    cell += stripRows;
  }
}

/**
 * Copies the transpose of a part of a row-major matrix into strips, a strip being four columns of the matrix. The cells must be zero
 * where columns are missing.
 */
export function packColumns(cells: Float64Array, strips: Strips, { matrix, ...part }: MatrixPart): void {
  const { columns, data } = matrix;
  for (let column = part.firstColumn; column < part.endColumn; column += stripRows) {
    const strip = strips.at + (column - part.firstColumn) * strips.columns;
    const lanes = Math.min(stripRows, part.endColumn - column);
    for (let row = part.firstRow; row < part.endRow; row++) {
      const from = row * columns + column;
      const to = strip + 4 * (row - part.firstRow);
      for (let lane = 0; lane < lanes; lane++) cells[to + lane] = data[from + lane]!;
    }
  }
}

/** Copies a matrix in strips, which may have more columns, to row-major order. */
export function unpackRows(cells: Float64Array, strips: Strips, to: Matrix): void {
  for (let row = 0; row < to.rows; row += stripRows) {
    const strip = strips.at + row * strips.columns;
    const lanes = Math.min(stripRows, to.rows - row);
    for (let lane = 0; lane < lanes; lane++) {
      const target = (row + lane) * to.columns;
      for (let k = 0; k < to.columns; k++) to.data[target + k] = cells[strip + 4 * k + lane]!;
    }
  }
}

/** Copies the lower triangle of a square matrix in strips to both triangles in row-major order. */
export function unpackSymmetric(cells: Float64Array, strips: Strips, to: Matrix): void {
  const n = to.rows;
  for (let row = 0; row < n; row++) {
    const strip = strips.at + (row >> 2) * 4 * strips.columns + (row & 3);
    for (let k = 0; k <= row; k++) to.data[row * n + k] = cells[strip + 4 * k]!;
  }
  mirrorLower(to);
}

/** Side of the square blocks that are mirrored at a time: columns are then read from memory that is still in the cache. */
const mirrorBlock = 32;

/** Copies the lower triangle of a square matrix to the upper. */
export function mirrorLower({ rows, data }: Matrix): void {
  for (let first = 0; first < rows; first += mirrorBlock) {
    for (let column = 0; column <= first; column += mirrorBlock) {
      const columnEnd = Math.min(column + mirrorBlock, rows);
      for (let i = first; i < Math.min(first + mirrorBlock, rows); i++) {
        for (let j = column; j < Math.min(columnEnd, i); j++) data[j * rows + i] = data[i * rows + j]!;
      }
    }
  }
}

/** Rows and columns from the given ones on, which must be multiples of four for the rows: a view, not a copy. */
export function stripsFrom(strips: Strips, row: number, column: number): Strips {
  const { at, count, columns } = strips;
  return { at: at + row * columns + stripRows * column, count: count - row / stripRows, columns };
}

/** For each strip of a part of a matrix, the columns before its first value other than 0: triangular factors cost a third of a full product. */
export function leadingZeros(
  matrix: NumericMatrix,
  { firstColumn, endColumn }: { readonly firstColumn: number; readonly endColumn: number },
): Int32Array {
  const width = endColumn - firstColumn;
  const counts = new Int32Array(stripsOf(matrix.rows)).fill(width);
  for (let row = 0; row < matrix.rows; row++) {
    const from = row * matrix.columns + firstColumn;
    let count = 0;
    while (count < width && matrix.data[from + count] === 0) count++;
    counts[row >> 2] = Math.min(counts[row >> 2]!, count);
  }
  return counts;
}
