import type { KernelMemory } from './kernels.js';
import type { Matrix } from './matrix.js';
import { reflectorOf } from './reflector.js';
import { addStripProduct } from './strip-product.js';
import { packRows, type Strips, stripCells, stripRows, stripsFrom, stripsOf } from './strips.js';
import { alignmentCells, type Workspace, withWorkspace } from './workspace.js';

/** A symmetric matrix with nothing but zeros further than `width` from the diagonal. */
export interface SymmetricBand {
  readonly size: number;
  readonly width: number;
  /** Row-major, `size` rows of `width + 1` values: value (i, j), i - width <= j <= i, is at `i * (width + 1) + j - i + width`. */
  readonly data: Float64Array;
}

export function bandIndex({ width }: { readonly width: number }, i: number, j: number): number {
  return i * (width + 1) + j - i + width;
}

/**
 * A band matrix with the eigenvalues of a symmetric one (Bischof, Lang & Sun 2000, ACM TOMS 26:581, the first step): the
 * columns below the band, `width` at a time, are cleared by reflections, which together take a product of rank 2 * width off the
 * rest. Unlike in a reduction to three diagonals at once, nearly all work is in products. Only the lower triangle is read.
 * `width` is a multiple of four.
 */
export function bandOf(
  symmetric: Matrix,
  { width, kind }: { readonly width: number; readonly kind?: KernelMemory['kind'] | undefined },
): SymmetricBand {
  const n = symmetric.rows;
  const count = stripsOf(n);
  const columns = stripRows * count;
  const panelCells = columns * width;
  const cellCount = columns * columns + 7 * panelCells + 2 * width * width + 8 * alignmentCells;
  return withWorkspace({ cellCount, kind }, (workspace) => {
    const matrix: Strips = { at: workspace.reserve(columns * columns), count, columns };
    packRows(workspace.cells, matrix, { matrix: symmetric, firstRow: 0, endRow: n, firstColumn: 0, endColumn: n });
    workspace.kernels.mirror({ at: matrix.at, step: stripRows * columns, first: 0, end: count });
    const state: Reduction = {
      workspace,
      matrix,
      band: { size: n, width, data: new Float64Array(n * (width + 1)) },
      panel: new Float64Array(panelCells),
      scales: new Float64Array(width),
      reflectors: workspace.reserve(panelCells),
      image: workspace.reserve(panelCells),
      update: workspace.reserve(panelCells),
      lanes: workspace.reserve(2 * panelCells),
      rows: workspace.reserve(2 * panelCells),
      product: workspace.reserve(width * width),
      factor: workspace.reserve(width * width),
    };
    for (let first = 0; first < n; first += width) reducePanel(state, first);
    return state.band;
  });
}

/** Where things are; all but the matrix is overwritten for each panel. In strips, unless said otherwise. */
interface Reduction {
  readonly workspace: Workspace;
  /** What is left to reduce, both triangles. */
  readonly matrix: Strips;
  readonly band: SymmetricBand;
  /** The columns of the panel one after the other: those of A, then the vectors V of the reflections. */
  readonly panel: Float64Array;
  /** The factors of the reflections. */
  readonly scales: Float64Array;
  /** Vᵀ. */
  readonly reflectors: number;
  /** A V, then the transpose of `update`. */
  readonly image: number;
  /** A V T, then W. */
  readonly update: number;
  /** [V W] and [-W -V]. */
  readonly lanes: number;
  readonly rows: number;
  /** Two `width x width` matrices. */
  readonly product: number;
  readonly factor: number;
}

/** The rest of the matrix from row `below` on: `rows` rows, `height` with those that fill up the last strip. */
interface Rest {
  readonly below: number;
  readonly rows: number;
  readonly height: number;
}

/** Columns `first` to `first + width` of the band, and what clearing them takes off the rest. */
function reducePanel(state: Reduction, first: number): void {
  const { matrix, band } = state;
  const below = first + band.width;
  const rest = { below, rows: band.size - below, height: matrix.columns - below };
  copyDiagonalBlock(state, first);
  if (rest.rows <= 0) return;
  copyPanel(state, first, rest);
  triangularise(state, first, rest);
  packReflectors(state, rest);
  makeUpdate(state, rest);
  const size = { count: rest.height / stripRows, columns: 2 * band.width };
  addStripProduct(state.workspace, {
    lanes: { at: state.lanes, ...size },
    rows: { at: state.rows, ...size },
    out: stripsFrom(matrix, below, below),
    depth: size.columns,
    lowerOnly: true,
  });
  const step = stripRows * matrix.columns;
  state.workspace.kernels.mirror({ at: matrix.at, step, first: below / stripRows, end: matrix.count });
}

function indexOf({ at, columns }: Strips, row: number, column: number): number {
  return at + (row >> 2) * 4 * columns + 4 * column + (row & 3);
}

function copyDiagonalBlock({ workspace: { cells }, matrix, band }: Reduction, first: number): void {
  const end = Math.min(first + band.width, band.size);
  for (let i = first; i < end; i++) {
    for (let j = first; j <= i; j++) band.data[bandIndex(band, i, j)] = cells[indexOf(matrix, i, j)]!;
  }
}

function copyPanel({ workspace: { cells }, matrix, band, panel }: Reduction, first: number, rest: Rest): void {
  panel.fill(0, 0, band.width * rest.height);
  for (let row = 0; row < rest.rows; row++) {
    const from = indexOf(matrix, rest.below + row, first);
    for (let column = 0; column < band.width; column++) panel[column * rest.height + row] = cells[from + 4 * column]!;
  }
}

/** QR of the panel: R goes to the band, V stays in the panel with its zeros and ones. */
function triangularise({ band, panel, scales }: Reduction, first: number, { below, rows, height }: Rest): void {
  for (let column = 0; column < band.width; column++) {
    const at = column * height;
    const above = Math.min(column, rows);
    for (let i = 0; i < above; i++) band.data[bandIndex(band, below + i, first + column)] = panel[at + i]!;
    panel.fill(0, at, at + above);
    scales[column] = 0;
    if (column >= rows) continue;
    const v = panel.subarray(at + column, at + rows);
    const { head, scale } = reflectorOf(v);
    band.data[bandIndex(band, below + column, first + column)] = head;
    scales[column] = scale;
    if (scale === 0) continue;
    for (let later = column + 1; later < band.width; later++) {
      reflect(panel, { v: at + column, values: later * height + column, length: rows - column, scale });
    }
  }
}

interface PanelReflection {
  readonly v: number;
  readonly values: number;
  readonly length: number;
  readonly scale: number;
}

/** By positions in the panel: making a view costs as much as some thousand additions. */
function reflect(panel: Float64Array, { v, values, length, scale }: PanelReflection): void {
  let even = 0;
  let odd = 0;
  let k = 0;
  for (; k + 2 <= length; k += 2) {
    even += panel[v + k]! * panel[values + k]!;
    odd += panel[v + k + 1]! * panel[values + k + 1]!;
  }
  if (k < length) even += panel[v + k]! * panel[values + k]!;
  const factor = scale * (even + odd);
  for (k = 0; k < length; k++) panel[values + k]! -= factor * panel[v + k]!;
}

function packReflectors({ workspace: { cells }, band, panel, ...at }: Reduction, { height }: Rest): void {
  const { width } = band;
  for (let column = 0; column < width; column++) {
    const transposed = at.reflectors + (column >> 2) * 4 * height + (column & 3);
    for (let row = 0; row < height; row++) {
      const value = panel[column * height + row]!;
      cells[transposed + 4 * row] = value;
      const cell = (row >> 2) * 8 * width + 4 * column + (row & 3);
      cells[at.lanes + cell] = value;
      cells[at.rows + cell + 4 * width] = -value;
    }
  }
}

/**
 * With Q = 1 - V T Vᵀ, Qᵀ A Q = A - V Wᵀ - W Vᵀ for W = Y - V X / 2, Y = A V T and X = Tᵀ Vᵀ Y (Schreiber & Van Loan 1989,
 * SIAM J. Sci. Stat. Comput. 10:53, for the form of Q).
 */
function makeUpdate(state: Reduction, { below, height }: Rest): void {
  const { workspace, matrix, band, ...at } = state;
  const { cells } = workspace;
  const { width } = band;
  const tall = { count: height / stripRows, columns: width };
  const small = { count: width / stripRows, columns: width };
  const reflectors: Strips = { at: at.reflectors, count: small.count, columns: height };
  const image: Strips = { at: at.image, ...tall };
  const update: Strips = { at: at.update, ...tall };
  const product: Strips = { at: at.product, ...small };
  const factor: Strips = { at: at.factor, ...small };
  const set = (out: Strips, terms: { lanes: Strips; rows: Strips; depth: number }): void => {
    cells.fill(0, out.at, out.at + stripCells(stripRows * out.count, width));
    addStripProduct(workspace, { ...terms, out });
  };
  set(image, { lanes: stripsFrom(matrix, below, below), rows: reflectors, depth: height });
  set(product, { lanes: reflectors, rows: reflectors, depth: height });
  const t = triangularFactor(cells, product, state.scales);
  // Rows of the second factor of a product are the columns of the matrix that is meant.
  fillSquare(cells, factor, (row, k) => t[k * width + row]!);
  set(update, { lanes: image, rows: factor, depth: width });
  const transposed: Strips = { ...reflectors, at: at.image };
  transposeStrips(cells, update, transposed);
  set(product, { lanes: reflectors, rows: transposed, depth: height });
  fillSquare(cells, factor, (row, k) => {
    let sum = 0;
    for (let l = 0; l <= k; l++) sum += t[l * width + k]! * cells[indexOf(product, l, row)]!;
    return -0.5 * sum;
  });
  addStripProduct(workspace, {
    lanes: { at: at.lanes, count: tall.count, columns: 2 * width },
    rows: factor,
    out: update,
    depth: width,
  });
  packUpdate(state, update);
}

/** T of Q = 1 - V T Vᵀ from VᵀV and the factors of the single reflections, row-major. */
function triangularFactor(cells: Float64Array, gram: Strips, scales: Float64Array): Float64Array {
  const width = scales.length;
  const t = new Float64Array(width * width);
  for (let column = 0; column < width; column++) {
    t[column * width + column] = scales[column]!;
    for (let row = 0; row < column; row++) {
      let sum = 0;
      for (let k = row; k < column; k++) sum += t[row * width + k]! * cells[indexOf(gram, k, column)]!;
      t[row * width + column] = -scales[column]! * sum;
    }
  }
  return t;
}

function fillSquare(cells: Float64Array, square: Strips, cellOf: (row: number, column: number) => number): void {
  for (let row = 0; row < square.columns; row++) {
    for (let column = 0; column < square.columns; column++) cells[indexOf(square, row, column)] = cellOf(row, column);
  }
}

function transposeStrips(cells: Float64Array, from: Strips, to: Strips): void {
  for (let row = 0; row < to.columns; row++) {
    const source = indexOf(from, row, 0);
    for (let column = 0; column < from.columns; column++) {
      cells[to.at + (column >> 2) * 4 * to.columns + 4 * row + (column & 3)] = cells[source + 4 * column]!;
    }
  }
}

/** Puts W beside V. */
function packUpdate({ workspace: { cells }, band: { width }, lanes, rows }: Reduction, update: Strips): void {
  for (let strip = 0; strip < update.count; strip++) {
    const to = strip * 8 * width;
    for (let k = 0; k < 4 * width; k++) {
      const value = cells[update.at + strip * 4 * width + k]!;
      cells[lanes + to + 4 * width + k] = value;
      cells[rows + to + k] = -value;
    }
  }
}
