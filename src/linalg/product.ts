import { type Matrix, zeros } from './matrix.js';

/** Columns taken at a time: four rows of each side then stay in a 32 KiB cache. */
const depthBlock = 256;
/** Rows of the right-hand side taken at a time: with `depthBlock` 128 KiB, which stays in the second-level cache. */
const rowBlock = 64;

/** A·Bᵀ: `n x d` times `m x d` gives `n x m`. Both sides are read along their rows. Throws a RangeError when the columns differ. */
export function multiplyTransposed(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.columns) throw new RangeError(`A·Bᵀ needs equal columns, got ${a.columns} and ${b.columns}`);
  const result = zeros(a.rows, b.rows);
  forBlocks(a.columns, b.rows, (block) => accumulate(a, b, result, block));
  return result;
}

/** A·Aᵀ, exactly symmetric: the lower triangle is computed and mirrored. `n x d` gives `n x n`. */
export function gram(a: Matrix): Matrix {
  const result = zeros(a.rows, a.rows);
  forBlocks(a.columns, a.rows, (block) => accumulate(a, a, result, { ...block, firstRow: block.firstColumn }));
  mirrorLower(result);
  return result;
}

/** A part of the product: rows from `firstRow` on, columns from `firstColumn` to `endColumn`, summed over `depth` to `endDepth`. */
interface Block {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly depth: number;
  readonly endDepth: number;
}

function forBlocks(columns: number, rightRows: number, visit: (block: Block) => void): void {
  for (let depth = 0; depth < columns; depth += depthBlock) {
    const endDepth = Math.min(depth + depthBlock, columns);
    for (let firstColumn = 0; firstColumn < rightRows; firstColumn += rowBlock) {
      const endColumn = Math.min(firstColumn + rowBlock, rightRows);
      visit({ firstRow: 0, firstColumn, endColumn, depth, endDepth });
    }
  }
}

/** Adds one block of A·Bᵀ to `out`: whole 4 x 4 tiles first, then the cells at the edges. */
function accumulate(a: Matrix, b: Matrix, out: Matrix, block: Block): void {
  const tiledRows = block.firstRow + ((a.rows - block.firstRow) & ~3);
  const tiledColumns = block.firstColumn + ((block.endColumn - block.firstColumn) & ~3);
  for (let i = block.firstRow; i < tiledRows; i += 4) {
    for (let j = block.firstColumn; j < tiledColumns; j += 4) addTile(a, b, out, i, j, block.depth, block.endDepth);
  }
  for (let i = block.firstRow; i < a.rows; i++) {
    const from = i < tiledRows ? tiledColumns : block.firstColumn;
    for (let j = from; j < block.endColumn; j++) addCell(a, b, out, i, j, block.depth, block.endDepth);
  }
}

function addCell(a: Matrix, b: Matrix, out: Matrix, i: number, j: number, depth: number, endDepth: number): void {
  const left = i * a.columns;
  const right = j * b.columns;
  let sum = 0;
  for (let k = depth; k < endDepth; k++) sum += a.data[left + k]! * b.data[right + k]!;
  out.data[i * out.columns + j]! += sum;
}

/** The 16 sums live in local variables, so that each loaded value is used four times. */
function addTile(a: Matrix, b: Matrix, out: Matrix, i: number, j: number, depth: number, endDepth: number): void {
  const left = a.data;
  const right = b.data;
  const a0 = i * a.columns;
  const a1 = a0 + a.columns;
  const a2 = a1 + a.columns;
  const a3 = a2 + a.columns;
  const b0 = j * b.columns;
  const b1 = b0 + b.columns;
  const b2 = b1 + b.columns;
  const b3 = b2 + b.columns;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  for (let k = depth; k < endDepth; k++) {
    const y0 = right[b0 + k]!;
    const y1 = right[b1 + k]!;
    const y2 = right[b2 + k]!;
    const y3 = right[b3 + k]!;
    const x0 = left[a0 + k]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    const x1 = left[a1 + k]!;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
    const x2 = left[a2 + k]!;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
    s23 += x2 * y3;
    const x3 = left[a3 + k]!;
    s30 += x3 * y0;
    s31 += x3 * y1;
    s32 += x3 * y2;
    s33 += x3 * y3;
  }
  addFour(out, i, j, s00, s01, s02, s03);
  addFour(out, i + 1, j, s10, s11, s12, s13);
  addFour(out, i + 2, j, s20, s21, s22, s23);
  addFour(out, i + 3, j, s30, s31, s32, s33);
}

function addFour(out: Matrix, i: number, j: number, s0: number, s1: number, s2: number, s3: number): void {
  const at = i * out.columns + j;
  out.data[at]! += s0;
  out.data[at + 1]! += s1;
  out.data[at + 2]! += s2;
  out.data[at + 3]! += s3;
}

function mirrorLower(square: Matrix): void {
  const n = square.rows;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) square.data[j * n + i] = square.data[i * n + j]!;
  }
}
