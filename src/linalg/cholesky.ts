import { type Matrix, zeros } from './matrix.js';
import { addStripProduct } from './strip-product.js';
import { type Strips, stripRows, stripsFrom, stripsOf } from './strips.js';
import { alignmentCells, type Workspace, withWorkspace } from './workspace.js';

/** Columns that are factored one by one; wider panels are halved, and the halves meet in a product. A multiple of four. */
const baseColumns = 16;

/**
 * The factor F of a positive semidefinite matrix A with A = FᵀF: the transposed Cholesky factor without its empty rows,
 * `rank x n`. A pivot below `n * 2^-52` of its diagonal is a column that the earlier ones already explain (a constant
 * or repeated one): it adds no row. The threshold is that of LAPACK's `dpstrf`, taken relative to each diagonal because
 * columns may differ widely in scale. Panels are halved until they are narrow (Gustavson 1997, IBM J. Res. Dev. 41:737), so that
 * nearly all work is in products. Only the lower triangle is read.
 */
export function choleskyFactor(matrix: Matrix): Matrix {
  const n = matrix.rows;
  const count = stripsOf(n);
  const columns = stripRows * count;
  const scratchCells = (columns / 2 + stripRows) ** 2;
  return withWorkspace({ cellCount: columns * columns + scratchCells + 2 * alignmentCells }, (workspace) => {
    const at = workspace.reserve(columns * columns);
    packPadded(workspace.cells, at, matrix);
    const state: Factorisation = {
      workspace,
      strips: { at, count, columns },
      scratch: workspace.reserve(scratchCells),
      tolerances: Float64Array.from({ length: n }, (_, i) => n * Number.EPSILON * matrix.data[i * n + i]!),
      pivotScales: new Float64Array(columns),
    };
    factorPanel(state, { first: 0, end: columns });
    return rowsOfFactor(state, n);
  });
}

interface Factorisation {
  readonly workspace: Workspace;
  /** The lower triangle: A, and L where it is done. */
  readonly strips: Strips;
  /** Room for a negated part of L. */
  readonly scratch: number;
  readonly tolerances: Float64Array;
  /** 1 / L(i, i), or 0 for a column that adds no row. */
  readonly pivotScales: Float64Array;
}

/** Columns `first` to `end` and all rows from `first` on; the columns before are already taken off. */
interface Panel {
  readonly first: number;
  readonly end: number;
}

function packPadded(cells: Float64Array, at: number, matrix: Matrix): void {
  const { rows, data } = matrix;
  const columns = stripRows * stripsOf(rows);
  for (let row = 0; row < rows; row++) {
    const to = at + (row >> 2) * 4 * columns + (row & 3);
    for (let k = 0; k <= row; k++) cells[to + 4 * k] = data[row * rows + k]!;
  }
}

function factorPanel(state: Factorisation, { first, end }: Panel): void {
  const width = end - first;
  if (width <= baseColumns) {
    factorBase(state, { first, end });
    return;
  }
  const middle = first + stripRows * Math.ceil(width / 2 / stripRows);
  factorPanel(state, { first, end: middle });
  const { workspace, strips, scratch } = state;
  const depth = middle - first;
  const done = stripsFrom(strips, middle, first);
  const rows: Strips = { at: scratch, count: (end - middle) / stripRows, columns: depth };
  negate(workspace.cells, done, rows);
  addStripProduct(workspace, { lanes: done, rows, out: stripsFrom(strips, middle, middle), depth, lowerOnly: true });
  factorPanel(state, { first: middle, end });
}

/** The first columns of the first strips, negated: the kernel adds. */
function negate(cells: Float64Array, from: Strips, to: Strips): void {
  const length = stripRows * to.columns;
  for (let strip = 0; strip < to.count; strip++) {
    const source = from.at + strip * stripRows * from.columns;
    const target = to.at + strip * length;
    for (let k = 0; k < length; k++) cells[target + k] = -cells[source + k]!;
  }
}

/** The square at the diagonal column by column, then the strips below it one by one. */
function factorBase(state: Factorisation, panel: Panel): void {
  const { strips, workspace } = state;
  const square = factorSquare(state, panel);
  for (let strip = Math.ceil(panel.end / stripRows); strip < strips.count; strip++) {
    const at = strips.at + strip * stripRows * strips.columns + stripRows * panel.first;
    solveStrip(workspace.cells, at, square, state.pivotScales.subarray(panel.first, panel.end));
  }
}

/** Factors the square in place and returns it row-major as well. */
function factorSquare({ workspace: { cells }, strips, tolerances, pivotScales }: Factorisation, panel: Panel): Matrix {
  const size = panel.end - panel.first;
  const indexOf = (i: number, j: number): number => {
    const row = panel.first + i;
    return strips.at + (row >> 2) * 4 * strips.columns + 4 * (panel.first + j) + (row & 3);
  };
  const square = zeros(size, size);
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) square.data[i * size + j] = cells[indexOf(i, j)]!;
  for (let pivot = 0; pivot < size; pivot++) {
    const value = square.data[pivot * size + pivot]!;
    // Rows that only fill up the last strip have no tolerance, which nothing exceeds.
    const scale = value > tolerances[panel.first + pivot]! ? 1 / Math.sqrt(value) : 0;
    pivotScales[panel.first + pivot] = scale;
    eliminate(square, pivot, scale);
  }
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) cells[indexOf(i, j)] = square.data[i * size + j]!;
  return square;
}

function eliminate({ rows: size, data }: Matrix, pivot: number, scale: number): void {
  for (let i = pivot; i < size; i++) data[i * size + pivot]! *= scale;
  for (let i = pivot + 1; i < size; i++) {
    const factor = data[i * size + pivot]!;
    for (let j = pivot + 1; j <= i; j++) data[i * size + j]! -= factor * data[j * size + pivot]!;
  }
}

/** Four rows of L below the square: each column is scaled, then taken off those after it. */
function solveStrip(cells: Float64Array, at: number, square: Matrix, scales: Float64Array): void {
  const size = square.rows;
  for (let pivot = 0; pivot < size; pivot++) {
    const from = at + 4 * pivot;
    const scale = scales[pivot]!;
    const v0 = cells[from]! * scale;
    const v1 = cells[from + 1]! * scale;
    const v2 = cells[from + 2]! * scale;
    const v3 = cells[from + 3]! * scale;
    cells[from] = v0;
    cells[from + 1] = v1;
    cells[from + 2] = v2;
    cells[from + 3] = v3;
    for (let column = pivot + 1; column < size; column++) {
      const factor = square.data[column * size + pivot]!;
      const to = at + 4 * column;
      cells[to]! -= v0 * factor;
      cells[to + 1]! -= v1 * factor;
      cells[to + 2]! -= v2 * factor;
      cells[to + 3]! -= v3 * factor;
    }
  }
}

/** The columns of L that have a pivot, as rows. */
function rowsOfFactor({ workspace: { cells }, strips, pivotScales }: Factorisation, n: number): Matrix {
  const pivots = Array.from({ length: n }, (_, i) => i).filter((i) => pivotScales[i]! > 0);
  const factor = zeros(pivots.length, n);
  for (let column = 0; column < n; column++) {
    const from = strips.at + (column >> 2) * 4 * strips.columns + (column & 3);
    for (let row = 0; row < pivots.length && pivots[row]! <= column; row++) {
      factor.data[row * n + column] = cells[from + 4 * pivots[row]!]!;
    }
  }
  return factor;
}
