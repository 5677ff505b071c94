import type { KernelMemory } from './kernels.js';
import { type Matrix, zeros } from './matrix.js';
import { addStripProduct } from './strip-product.js';
import { packRows, type Strips, stripRows, stripsFrom, stripsOf } from './strips.js';
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
export function choleskyFactor(
  matrix: Matrix,
  { kind }: { readonly kind?: KernelMemory['kind'] | undefined } = {},
): Matrix {
  const n = matrix.rows;
  const count = stripsOf(n);
  const columns = stripRows * count;
  const sizes = [columns * columns, (columns / 2 + stripRows) ** 2, baseColumns * baseColumns, columns] as const;
  const cellCount = sizes.reduce((sum, size) => sum + size + alignmentCells, 0);
  return withWorkspace({ cellCount, kind }, (workspace) => {
    const [at, scratch, square, scales] = sizes.map((size) => workspace.reserve(size)) as [
      number,
      number,
      number,
      number,
    ];
    const strips: Strips = { at, count, columns };
    packLower(workspace.cells, strips, matrix);
    const state: Factorisation = {
      workspace,
      strips,
      scratch,
      square,
      scales,
      tolerances: Float64Array.from({ length: n }, (_, i) => n * Number.EPSILON * matrix.data[i * n + i]!),
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
  /** Room for the square at the diagonal that is being factored, row-major. */
  readonly square: number;
  /** Where 1 / L(i, i) is for each column, or 0 for one that adds no row. */
  readonly scales: number;
  readonly tolerances: Float64Array;
}

/** Columns `first` to `end` and all rows from `first` on; the columns before are already taken off. */
interface Panel {
  readonly first: number;
  readonly end: number;
}

/** The lower triangle, and above it what the last tiles of each strip hold: nobody reads that. */
function packLower(cells: Float64Array, { at, columns }: Strips, matrix: Matrix): void {
  for (let row = 0; row < matrix.rows; row += stripRows) {
    const endRow = Math.min(row + stripRows, matrix.rows);
    packRows(
      cells,
      { at: at + row * columns, count: 1, columns },
      { matrix, firstRow: row, endRow, firstColumn: 0, endColumn: endRow },
    );
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

/** The square at the diagonal column by column, then the strips below it. */
function factorBase(state: Factorisation, { first, end }: Panel): void {
  const { strips, workspace, square, scales } = state;
  const size = end - first;
  factorSquare(state, { first, end });
  const below = stripsFrom(strips, end, first);
  workspace.kernels.solveStrips({
    at: below.at,
    strips: below.count,
    stripStep: stripRows * below.columns,
    square,
    scales: scales + first,
    size,
  });
}

/** Factors the square in place and leaves it row-major in `square` as well. */
function factorSquare({ workspace: { cells }, strips, square, scales, tolerances }: Factorisation, panel: Panel): void {
  const size = panel.end - panel.first;
  const indexOf = (i: number, j: number): number => {
    const row = panel.first + i;
    return strips.at + (row >> 2) * 4 * strips.columns + 4 * (panel.first + j) + (row & 3);
  };
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) cells[square + i * size + j] = cells[indexOf(i, j)]!;
  for (let pivot = 0; pivot < size; pivot++) {
    const value = cells[square + pivot * size + pivot]!;
    // Rows that only fill up the last strip have no tolerance, which nothing exceeds.
    const scale = value > tolerances[panel.first + pivot]! ? 1 / Math.sqrt(value) : 0;
    cells[scales + panel.first + pivot] = scale;
    eliminate(cells.subarray(square, square + size * size), { size, pivot, scale });
  }
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) cells[indexOf(i, j)] = cells[square + i * size + j]!;
}

interface Pivot {
  readonly size: number;
  readonly pivot: number;
  readonly scale: number;
}

function eliminate(square: Float64Array, { size, pivot, scale }: Pivot): void {
  for (let i = pivot; i < size; i++) square[i * size + pivot]! *= scale;
  for (let i = pivot + 1; i < size; i++) {
    const factor = square[i * size + pivot]!;
    for (let j = pivot + 1; j <= i; j++) square[i * size + j]! -= factor * square[j * size + pivot]!;
  }
}

/** Columns of the factor that are written at a time: a row's part is then some lines of the cache, and so are the strips that it comes from. */
const columnBlock = 64;

/** The columns of L that have a pivot, as rows. */
function rowsOfFactor({ workspace: { cells }, strips, scales }: Factorisation, n: number): Matrix {
  const pivots = Array.from({ length: n }, (_, i) => i).filter((i) => cells[scales + i]! > 0);
  const { columns, at } = strips;
  const { data, ...factor } = zeros(pivots.length, n);
  for (let first = 0; first < n; first += columnBlock) {
    const end = Math.min(first + columnBlock, n);
    for (let row = 0; row < pivots.length && pivots[row]! < end; row++) {
      const pivot = pivots[row]!;
      for (let k = Math.max(first, pivot); k < end; k++)
        data[row * n + k] = cells[at + (k >> 2) * stripRows * columns + stripRows * pivot + (k & 3)]!;
    }
  }
  return { ...factor, data };
}
