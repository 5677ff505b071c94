import type { KernelMemory } from './kernels.js';
import type { Matrix } from './matrix.js';
import { addStripProduct } from './strip-product.js';
import { leadingZeros, packRows, type Strips, stripCells, stripRows, stripsOf } from './strips.js';
import { tridiagonalEigenvalues } from './symmetric-eigenvalues.js';
import { type SymmetricBlock, symmetricBlockCells, symmetricStride, tridiagonalOfBlock } from './tridiagonal.js';
import { powerOfTwoNear } from './unit-scale.js';
import { alignmentCells, type Workspace, withWorkspace } from './workspace.js';

/**
 * The singular values of A·Bᵀ, as many as A has rows, largest first: square roots of the eigenvalues of (A·Bᵀ)(A·Bᵀ)ᵀ, hence to about 1e-8 of the
 * largest. For `n x d` and `m x d`, best with n <= m. All steps happen in one memory, in the order that the kernels read. Throws a RangeError when
 * the columns differ and on NaN or infinities.
 */
export function singularValuesOfProduct(
  a: Matrix,
  b: Matrix,
  { kind }: { readonly kind?: KernelMemory['kind'] | undefined } = {},
): Float64Array {
  if (a.columns !== b.columns) throw new RangeError(`A·Bᵀ needs equal columns, got ${a.columns} and ${b.columns}`);
  const [n, outColumns] = [a.rows, stripRows * stripsOf(b.rows)];
  // A's place is that of the square C·Cᵀ as well, B's that of the block which is reduced.
  const leftCells = Math.max(stripCells(n, a.columns), stripCells(n, stripRows * stripsOf(n)));
  const rightCells = Math.max(stripCells(b.rows, b.columns), symmetricBlockCells(n));
  const cellCount = leftCells + rightCells + stripCells(n, outColumns) + 3 * alignmentCells;
  return withWorkspace({ cellCount, kind }, (workspace) => {
    const places = [leftCells, rightCells, stripCells(n, outColumns)].map((cells) => workspace.reserve(cells));
    const [left, right, product] = places as [number, number, number];
    const c: Strips = { at: product, count: stripsOf(n), columns: outColumns };
    addProduct(workspace, { a, left, b, right, c });
    const square: Strips = { at: left, count: c.count, columns: stripRows * c.count };
    workspace.cells.fill(0, left, left + stripRows * c.count * square.columns);
    addStripProduct(workspace, { lanes: c, rows: c, out: square, depth: b.rows, lowerOnly: true });
    return rootsOf(workspace, { square, block: { at: right, stride: symmetricStride(n), size: n } });
  });
}

interface Product {
  readonly a: Matrix;
  readonly left: number;
  readonly b: Matrix;
  readonly right: number;
  readonly c: Strips;
}

/** C += A·Bᵀ. */
function addProduct(workspace: Workspace, { a, left, b, right, c }: Product): void {
  const all = { firstColumn: 0, endColumn: a.columns };
  const lanes: Strips = { at: left, count: stripsOf(a.rows), columns: a.columns };
  const rows: Strips = { at: right, count: stripsOf(b.rows), columns: b.columns };
  packRows(workspace.cells, lanes, { matrix: a, firstRow: 0, endRow: a.rows, ...all });
  packRows(workspace.cells, rows, { matrix: b, firstRow: 0, endRow: b.rows, ...all });
  const zeros = { laneZeros: leadingZeros(a, all), rowZeros: leadingZeros(b, all) };
  addStripProduct(workspace, { lanes, rows, out: c, depth: a.columns, ...zeros });
}

/** Square roots of the eigenvalues of the symmetric matrix whose lower triangle is in `square`; `block` is room for it in rows. */
function rootsOf(
  workspace: Workspace,
  { square, block }: { readonly square: Strips; readonly block: SymmetricBlock },
): Float64Array {
  const { cells } = workspace;
  const lower = cells.subarray(square.at, square.at + stripRows * square.count * square.columns);
  const scale = powerOfTwoNear(lower);
  if (scale === 0) return new Float64Array(block.size);
  for (let row = 0; row < block.size; row++) {
    const strip = square.at + (row >> 2) * stripRows * square.columns + (row & 3);
    const to = block.at + row * block.stride;
    for (let k = 0; k <= row; k++) cells[to + k] = cells[strip + stripRows * k]! / scale;
  }
  return tridiagonalEigenvalues(tridiagonalOfBlock(workspace, block))
    .map((value) => Math.sqrt(Math.max(0, value * scale)))
    .sort()
    .reverse();
}
