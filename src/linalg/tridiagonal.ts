import type { Matrix } from './matrix.js';

/** A symmetric tridiagonal matrix: `diagonal[i]`, and `offDiagonal[i]` between i - 1 and i (`offDiagonal[0]` is 0). */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
}

/**
 * A tridiagonal matrix with the eigenvalues of a symmetric one (Householder reflections; Golub & Van Loan, Matrix
 * Computations, 8.3.1). Only the lower triangle is read. Each step of the reduction needs A·u of a matrix from which the
 * step before still has to take its rank-two part; both happen in one pass, because memory traffic is what limits this.
 */
export function tridiagonalOf(symmetric: Matrix): Tridiagonal {
  const n = symmetric.rows;
  const state: Reduction = {
    n,
    a: symmetric.data.slice(),
    u: new Float64Array(n),
    q: new Float64Array(n),
    nextU: new Float64Array(n),
    product: new Float64Array(n),
  };
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    updateRow(state, i);
    diagonal[i] = state.a[i * n + i]!;
    if (i > 0) offDiagonal[i] = reflect(state, i);
  }
  return { diagonal, offDiagonal };
}

/** The pending update of the reduction is A - u qᵀ - q uᵀ. */
interface Reduction {
  readonly n: number;
  readonly a: Float64Array;
  u: Float64Array;
  readonly q: Float64Array;
  nextU: Float64Array;
  readonly product: Float64Array;
}

function updateRow({ n, a, u, q }: Reduction, row: number): void {
  const at = row * n;
  const uRow = u[row]!;
  const qRow = q[row]!;
  for (let k = 0; k <= row; k++) a[at + k]! -= uRow * q[k]! + qRow * u[k]!;
}

/** Builds the reflection that clears row `i` left of its neighbour, applies what is pending, and returns the off-diagonal. */
function reflect(state: Reduction, i: number): number {
  const { n, a, nextU, product } = state;
  nextU.set(a.subarray(i * n, i * n + i));
  const last = nextU[i - 1]!;
  let tail = 0;
  for (let k = 0; k < i - 1; k++) tail += nextU[k]! * nextU[k]!;
  const length = Math.sqrt(tail + last * last);
  const offDiagonal = last > 0 ? -length : length;
  // Without a tail nothing has to be cleared: u = 0 leaves the matrix as it is.
  if (tail === 0) nextU.fill(0, 0, i);
  else nextU[i - 1] = last - offDiagonal;
  product.fill(0, 0, i);
  updateAndMultiply(state, i);
  if (tail === 0) state.q.fill(0, 0, i);
  else setQ(state, i, length * (length + Math.abs(last)));
  [state.u, state.nextU] = [state.nextU, state.u];
  return tail === 0 ? last : offDiagonal;
}

/** q = p - u (uᵀp) / 2h with p = A u / h, so that (1 - uuᵀ/h) A (1 - uuᵀ/h) = A - u qᵀ - q uᵀ. */
function setQ({ q, nextU, product }: Reduction, i: number, h: number): void {
  let dot = 0;
  for (let k = 0; k < i; k++) dot += nextU[k]! * product[k]!;
  const half = dot / (2 * h);
  for (let k = 0; k < i; k++) q[k] = (product[k]! - half * nextU[k]!) / h;
}

/** Rows 0 to i - 1 of the lower triangle: applies the pending update, and adds A·nextU to `product`. Two rows at a time. */
function updateAndMultiply(state: Reduction, i: number): void {
  let row = 0;
  for (; row + 2 <= i; row += 2) updateRowPair(state, row);
  if (row < i) updateLastRow(state, row);
}

function updateLastRow(state: Reduction, row: number): void {
  const { n, a, nextU, product } = state;
  updateRow(state, row);
  const at = row * n;
  for (let k = 0; k < row; k++) {
    product[row]! += a[at + k]! * nextU[k]!;
    product[k]! += a[at + k]! * nextU[row]!;
  }
  product[row]! += a[at + row]! * nextU[row]!;
}

function updateRowPair(state: Reduction, row: number): void {
  const { n, a, u, q, nextU, product } = state;
  const at0 = row * n;
  const at1 = at0 + n;
  const u0 = u[row]!;
  const u1 = u[row + 1]!;
  const q0 = q[row]!;
  const q1 = q[row + 1]!;
  const next0 = nextU[row]!;
  const next1 = nextU[row + 1]!;
  let sum0 = 0;
  let sum1 = 0;
  for (let k = 0; k < row; k++) {
    const uK = u[k]!;
    const qK = q[k]!;
    const nextK = nextU[k]!;
    const cell0 = a[at0 + k]! - (u0 * qK + q0 * uK);
    const cell1 = a[at1 + k]! - (u1 * qK + q1 * uK);
    a[at0 + k] = cell0;
    a[at1 + k] = cell1;
    sum0 += cell0 * nextK;
    sum1 += cell1 * nextK;
    product[k]! += cell0 * next0 + cell1 * next1;
  }
  finishPair(state, row, sum0, sum1);
}

/** The three cells of a row pair at the diagonal. */
function finishPair({ n, a, u, q, nextU, product }: Reduction, row: number, sum0: number, sum1: number): void {
  const at0 = row * n + row;
  const at1 = at0 + n;
  const next0 = nextU[row]!;
  const next1 = nextU[row + 1]!;
  a[at0]! -= 2 * u[row]! * q[row]!;
  a[at1]! -= u[row + 1]! * q[row]! + q[row + 1]! * u[row]!;
  a[at1 + 1]! -= 2 * u[row + 1]! * q[row + 1]!;
  product[row]! += sum0 + a[at0]! * next0 + a[at1]! * next1;
  product[row + 1]! += sum1 + a[at1]! * next0 + a[at1 + 1]! * next1;
}
