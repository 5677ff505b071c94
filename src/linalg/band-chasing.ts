import { bandIndex, type SymmetricBand } from './band-reduction.js';
import type { KernelMemory } from './kernels.js';
import { type Reflector, reflectorOf } from './reflector.js';
import type { Tridiagonal } from './tridiagonal.js';
import { alignmentCells, type Workspace, withWorkspace } from './workspace.js';

/**
 * A tridiagonal matrix with the eigenvalues of a band (Bischof, Lang & Sun 2000, ACM TOMS 26:581, the second step; Murata &
 * Horikoshi 1975): a reflection clears each column below its neighbour, and others chase what that adds beyond the band off its end.
 * The width of the band is a multiple of four, and about 6 n² width operations are done in blocks of that size.
 */
export function tridiagonalOfBand(
  band: SymmetricBand,
  { kind }: { readonly kind?: KernelMemory['kind'] | undefined } = {},
): Tridiagonal {
  const { size, width } = band;
  // Rows of twice the width, room for what chasing adds, and rows of zeros at the end, so that all blocks are whole.
  const stride = 2 * width - 1;
  const roomCells = (size + 2 * width + 1) * (stride + 1);
  return withWorkspace({ cellCount: roomCells + 3 * (width + alignmentCells), kind }, (workspace) => {
    const room = workspace.reserve(roomCells);
    const v = workspace.reserve(width);
    const chase: Chase = {
      workspace,
      origin: room + stride,
      stride,
      size,
      width,
      v,
      w: workspace.reserve(width),
      vector: workspace.cells.subarray(v, v + width),
    };
    const { cells } = workspace;
    for (let i = 0; i < size; i++) {
      for (let j = Math.max(0, i - width); j <= i; j++) cells[indexOf(chase, i, j)] = band.data[bandIndex(band, i, j)]!;
    }
    for (let column = 0; column < size - 2; column++) clearColumn(chase, column);
    // From the end: the reduction leaves large values first, and QL keeps small eigenvalues best when those come last.
    const last = size - 1;
    return {
      diagonal: Float64Array.from({ length: size }, (_, i) => cells[indexOf(chase, last - i, last - i)]!),
      offDiagonal: Float64Array.from({ length: size }, (_, i) =>
        i === 0 ? 0 : cells[indexOf(chase, size - i, last - i)]!,
      ),
    };
  });
}

interface Chase {
  readonly workspace: Workspace;
  /** Value (i, j) of the lower triangle, i - 2 width < j <= i, is at `origin + i * stride + j`. */
  readonly origin: number;
  readonly stride: number;
  readonly size: number;
  readonly width: number;
  readonly v: number;
  readonly w: number;
  /** The cells at `v`, as a view that is made once: making one costs more than a reflection. */
  readonly vector: Float64Array;
}

function indexOf({ origin, stride }: Chase, i: number, j: number): number {
  return origin + i * stride + j;
}

/** Makes the column tridiagonal, and keeps the band as it was everywhere else. */
function clearColumn(chase: Chase, column: number): void {
  const { workspace, size, width, stride, v, w } = chase;
  const { kernels } = workspace;
  let { head, scale } = reflectorFor(chase, column + 1, column);
  setColumn(chase, column + 1, column, head);
  for (let first = column + 1; first < size; first += width) {
    if (scale !== 0)
      kernels.reflectSymmetric({ block: indexOf(chase, first, first), stride, size: width, v, w, scale });
    const below = first + width;
    if (below >= size) return;
    const block = indexOf(chase, below, first);
    if (scale !== 0) kernels.reflectRows({ block, stride, size: width, v, scale });
    ({ head, scale } = reflectorFor(chase, below, first));
    if (scale !== 0) kernels.reflectColumns({ block, stride, size: width, v, scale });
    // Exact zeros for what the reflection cleared up to rounding.
    setColumn(chase, below, first, head);
  }
}

/** The reflection that clears a column below row `first`; leaves its vector in `v`. */
function reflectorFor(chase: Chase, first: number, column: number): Reflector {
  const { cells } = chase.workspace;
  for (let row = 0; row < chase.width; row++) chase.vector[row] = cells[indexOf(chase, first + row, column)]!;
  return reflectorOf(chase.vector);
}

function setColumn(chase: Chase, first: number, column: number, head: number): void {
  const { cells } = chase.workspace;
  cells[indexOf(chase, first, column)] = head;
  for (let row = 1; row < chase.width; row++) cells[indexOf(chase, first + row, column)] = 0;
}
