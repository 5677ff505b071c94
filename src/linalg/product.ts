import type { KernelMemory } from './kernels.js';
import { type Matrix, type NumericMatrix, zeros } from './matrix.js';
import { addStripProduct } from './strip-product.js';
import {
  leadingZeros,
  packColumns,
  packRows,
  type Strips,
  stripCells,
  stripRows,
  stripsOf,
  unpackRows,
  unpackSymmetric,
} from './strips.js';
import { alignmentCells, type Workspace, withWorkspace } from './workspace.js';

/** Columns of the factors that are in the workspace at a time, which bounds its size. */
const depthChunk = 2048;

interface KernelChoice {
  /** Other kernels than the fastest. */
  readonly kind?: KernelMemory['kind'];
}

/** A·Bᵀ: `n x d` times `m x d` gives `n x m`. Both sides are read along their rows. Throws a RangeError when the columns differ. */
export function multiplyTransposed(a: NumericMatrix, b: NumericMatrix, { kind }: KernelChoice = {}): Matrix {
  if (a.columns !== b.columns) throw new RangeError(`A·Bᵀ needs equal columns, got ${a.columns} and ${b.columns}`);
  const result = zeros(a.rows, b.rows);
  const chunk = Math.min(a.columns, depthChunk);
  const outColumns = stripRows * stripsOf(b.rows);
  const sizes = [stripCells(a.rows, chunk), stripCells(b.rows, chunk), stripCells(a.rows, outColumns)];
  withWorkspace({ cellCount: totalOf(sizes), kind }, (workspace) => {
    const [left, right, outAt] = sizes.map((size) => workspace.reserve(size)) as [number, number, number];
    const out: Strips = { at: outAt, count: stripsOf(a.rows), columns: outColumns };
    forChunks(a.columns, (firstColumn, endColumn) => {
      const rows = packed(workspace, right, b, { firstColumn, endColumn });
      addStripProduct(workspace, {
        lanes: packed(workspace, left, a, { firstColumn, endColumn }),
        rows,
        out,
        depth: rows.columns,
        laneZeros: leadingZeros(a, { firstColumn, endColumn }),
        rowZeros: leadingZeros(b, { firstColumn, endColumn }),
      });
    });
    unpackRows(workspace.cells, out, result);
  });
  return result;
}

/** A·Aᵀ, exactly symmetric: the lower triangle is computed and mirrored. `n x d` gives `n x n`. */
export function gram(a: NumericMatrix, { kind }: KernelChoice = {}): Matrix {
  return symmetricProduct(a.rows, a.columns, {
    kind,
    pack: ({ cells }, strips, first) =>
      packRows(cells, strips, {
        matrix: a,
        firstRow: 0,
        endRow: a.rows,
        firstColumn: first,
        endColumn: first + strips.columns,
      }),
  });
}

/** Aᵀ·A, exactly symmetric, without a transposed copy of A. `n x d` gives `d x d`. */
export function gramOfColumns(a: NumericMatrix, { kind }: KernelChoice = {}): Matrix {
  return symmetricProduct(a.columns, a.rows, {
    kind,
    pack: ({ cells }, strips, first) =>
      packColumns(cells, strips, {
        matrix: a,
        firstRow: first,
        endRow: first + strips.columns,
        firstColumn: 0,
        endColumn: a.columns,
      }),
  });
}

interface SymmetricFactor {
  readonly kind: KernelMemory['kind'] | undefined;
  /** Puts columns of the factor, from `first` on, into strips. */
  readonly pack: (workspace: Workspace, strips: Strips, first: number) => void;
}

function symmetricProduct(size: number, depth: number, { kind, pack }: SymmetricFactor): Matrix {
  const result = zeros(size, size);
  const count = stripsOf(size);
  const outColumns = stripRows * count;
  const sizes = [stripCells(size, Math.min(depth, depthChunk)), stripCells(size, outColumns)];
  withWorkspace({ cellCount: totalOf(sizes), kind }, (workspace) => {
    const [at, outAt] = sizes.map((cells) => workspace.reserve(cells)) as [number, number];
    const out: Strips = { at: outAt, count, columns: outColumns };
    forChunks(depth, (first, end) => {
      workspace.cells.fill(0, at, at + sizes[0]!);
      const factor: Strips = { at, count, columns: end - first };
      pack(workspace, factor, first);
      addStripProduct(workspace, { lanes: factor, rows: factor, out, depth: end - first, lowerOnly: true });
    });
    unpackSymmetric(workspace.cells, out, result);
  });
  return result;
}

function totalOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size + alignmentCells, 0);
}

function forChunks(columns: number, visit: (firstColumn: number, endColumn: number) => void): void {
  for (let first = 0; first < columns; first += depthChunk) visit(first, Math.min(first + depthChunk, columns));
}

interface Columns {
  readonly firstColumn: number;
  readonly endColumn: number;
}

function packed({ cells }: Workspace, at: number, matrix: NumericMatrix, columns: Columns): Strips {
  const width = columns.endColumn - columns.firstColumn;
  // A last chunk is narrower, which moves the rows that the last strip lacks.
  cells.fill(0, at, at + stripCells(matrix.rows, width));
  const strips: Strips = { at, count: stripsOf(matrix.rows), columns: width };
  packRows(cells, strips, { matrix, firstRow: 0, endRow: matrix.rows, ...columns });
  return strips;
}
