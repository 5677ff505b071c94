import type { KernelMemory } from './kernels.js';
import type { Matrix } from './matrix.js';
import { alignmentCells, type Workspace, withWorkspace } from './workspace.js';

/** A symmetric tridiagonal matrix: `diagonal[i]`, and `offDiagonal[i]` between i - 1 and i (`offDiagonal[0]` is 0). */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
}

/** A symmetric matrix in a workspace, row by row; the lower triangle counts. */
export interface SymmetricBlock {
  readonly at: number;
  /** Cells from a row to the next: `symmetricStride` of the size. */
  readonly stride: number;
  readonly size: number;
}

/** Cells of a block of `size` rows and of what its reduction needs beside it. */
export function symmetricBlockCells(size: number): number {
  return symmetricStride(size) * (symmetricStride(size) + 4);
}

/**
 * A tridiagonal matrix with the eigenvalues of `scale` times a symmetric one (Householder reflections; Golub & Van Loan, Matrix
 * Computations, 8.3.1). Only the lower triangle is read.
 */
export function tridiagonalOf(
  symmetric: Matrix,
  { kind, scale = 1 }: { readonly kind?: KernelMemory['kind'] | undefined; readonly scale?: number } = {},
): Tridiagonal {
  const size = symmetric.rows;
  const cellCount = symmetricBlockCells(size) + alignmentCells;
  return withWorkspace({ cellCount, kind }, (workspace) => {
    const block: SymmetricBlock = {
      at: workspace.reserve(symmetricBlockCells(size)),
      stride: symmetricStride(size),
      size,
    };
    for (let row = 0; row < size; row++) {
      const to = block.at + row * block.stride;
      for (let k = 0; k <= row; k++) workspace.cells[to + k] = scale * symmetric.data[row * size + k]!;
    }
    return tridiagonalOfBlock(workspace, block);
  });
}

/**
 * The same of a block, `symmetricBlockCells` from its first cell on, which is used up. Each step of the reduction needs A·v of a matrix from
 * which the step before still has to take its rank-two part; both happen in one pass, because memory traffic is what limits this.
 */
export function tridiagonalOfBlock(workspace: Workspace, { at, stride, size }: SymmetricBlock): Tridiagonal {
  const { cells } = workspace;
  const vectors = at + stride * stride;
  cells.fill(0, vectors, vectors + 4 * stride);
  const [u, q, v, w] = [vectors, vectors + stride, vectors + 2 * stride, vectors + 3 * stride] as const;
  const state: Reduction = { workspace, block: at, stride, u, q, v, w };
  const diagonal = new Float64Array(size);
  const offDiagonal = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    updateRow(state, i);
    diagonal[i] = cells[at + i * stride + i]!;
    if (i > 0) offDiagonal[i] = reflect(state, i);
  }
  return { diagonal, offDiagonal };
}

/** An odd number of cache lines of eight cells: rows that are a power of two apart would compete for the same few of the cache. */
export function symmetricStride(size: number): number {
  const lines = Math.ceil(size / 8);
  return 8 * (lines % 2 === 0 ? lines + 1 : lines);
}

/** The pending update of the reduction is A - u qᵀ - q uᵀ; v and w = A v are those of the next one. All are positions. */
interface Reduction {
  readonly workspace: Workspace;
  readonly block: number;
  readonly stride: number;
  u: number;
  readonly q: number;
  v: number;
  readonly w: number;
}

function updateRow({ workspace: { cells }, block, stride, u, q }: Reduction, row: number): void {
  const at = block + row * stride;
  const uRow = cells[u + row]!;
  const qRow = cells[q + row]!;
  for (let k = 0; k <= row; k++) cells[at + k]! -= uRow * cells[q + k]! + qRow * cells[u + k]!;
}

/** Builds the reflection that clears row `i` left of its neighbour, applies what is pending, and returns the off-diagonal. */
function reflect(state: Reduction, i: number): number {
  const { workspace, block, stride, u, q, v, w } = state;
  const { cells, kernels } = workspace;
  const row = block + i * stride;
  const last = cells[row + i - 1]!;
  let tail = 0;
  for (let k = 0; k < i - 1; k++) tail += cells[row + k]! * cells[row + k]!;
  const length = Math.sqrt(tail + last * last);
  const offDiagonal = last > 0 ? -length : length;
  // Without a tail nothing has to be cleared: v = 0 leaves the matrix as it is.
  if (tail === 0) cells.fill(0, v, v + i);
  else for (let k = 0; k < i; k++) cells[v + k] = cells[row + k]! - (k === i - 1 ? offDiagonal : 0);
  // Rows come in pairs: the one that fills up the last pair is done with, and counts for nothing in the product.
  cells[v + i] = 0;
  kernels.updateThenMultiply({ block, stride, size: i + (i % 2), u, q, v, w });
  if (tail === 0) cells.fill(0, q, q + i);
  else setQ(state, i, length * (length + Math.abs(last)));
  [state.u, state.v] = [v, u];
  return tail === 0 ? last : offDiagonal;
}

/** q = p - v (vᵀp) / 2h with p = A v / h, so that (1 - vvᵀ/h) A (1 - vvᵀ/h) = A - v qᵀ - q vᵀ. */
function setQ({ workspace: { cells }, q, v, w }: Reduction, i: number, h: number): void {
  let dot = 0;
  for (let k = 0; k < i; k++) dot += cells[v + k]! * cells[w + k]!;
  const half = dot / (2 * h);
  for (let k = 0; k < i; k++) cells[q + k] = (cells[w + k]! - half * cells[v + k]!) / h;
}
