import type { KernelMemory } from './kernels.js';
import type { Matrix } from './matrix.js';
import { type Tridiagonal, tridiagonalOf } from './tridiagonal.js';
import { powerOfTwoNear } from './unit-scale.js';

/** Far more than the two or so iterations an eigenvalue takes; reached only by a matrix with NaN in it. */
const maxIterations = 60;

/** All eigenvalues of a symmetric matrix, largest first. Only the lower triangle is read. Throws a RangeError on NaN or infinities. */
export function symmetricEigenvalues(symmetric: Matrix, { kind }: KernelChoice = {}): Float64Array {
  const scale = powerOfTwoNear(symmetric.data);
  if (scale === 0) return new Float64Array(symmetric.rows);
  const values = tridiagonalEigenvalues(tridiagonalOf(symmetric, { kind, scale: 1 / scale }));
  return values
    .map((value) => value * scale)
    .sort()
    .reverse();
}

interface KernelChoice {
  /** Other kernels than the fastest. */
  readonly kind?: KernelMemory['kind'];
}

/**
 * Eigenvalues of a symmetric tridiagonal matrix, in no order: implicit QL with Wilkinson's shift on the squares of the off-diagonal,
 * which needs no square roots (Pal, Walker and Kahan's form: Parlett, The Symmetric Eigenvalue Problem, 8.15; Reinsch 1973, CACM 16:689).
 */
export function tridiagonalEigenvalues(tridiagonal: Tridiagonal): Float64Array {
  const d = tridiagonal.diagonal.slice();
  const n = d.length;
  const squares = new Float64Array(n);
  for (let i = 1; i < n; i++) squares[i - 1] = tridiagonal.offDiagonal[i]! ** 2;
  for (let first = 0; first < n; first++) {
    for (let iteration = 0; ; iteration++) {
      const end = splitFrom(d, squares, first);
      if (end === first) break;
      if (iteration === maxIterations) throw new RangeError('eigenvalues did not converge');
      qlSweep(d, squares, { first, end });
    }
  }
  return d;
}

/** The first index from `first` on whose coupling to the next one is negligible beside their diagonals. */
function splitFrom(d: Float64Array, squares: Float64Array, first: number): number {
  let end = first;
  while (end < d.length - 1) {
    const negligible = 0.5 * Number.EPSILON * (Math.abs(d[end]!) + Math.abs(d[end + 1]!));
    if (squares[end]! <= negligible * negligible) break;
    end++;
  }
  return end;
}

/** One implicit QL step on rows `first` to `end`, which are coupled: chases the bulge upwards with plane rotations. */
function qlSweep(
  d: Float64Array,
  squares: Float64Array,
  { first, end }: { readonly first: number; readonly end: number },
): void {
  const shift = wilkinsonShift(d[first]!, d[first + 1]!, Math.sqrt(squares[first]!));
  // Squares of the cosine and the sine of the rotation before.
  let cosine = 1;
  let sine = 0;
  let gamma = d[end]! - shift;
  let p = gamma * gamma;
  for (let i = end - 1; i >= first; i--) {
    const square = squares[i]!;
    const r = p + square;
    squares[i + 1] = sine * r;
    const before = cosine;
    cosine = p / r;
    sine = square / r;
    const next = d[i]!;
    const rotated = cosine * (next - shift) - sine * gamma;
    d[i + 1] = gamma + (next - rotated);
    gamma = rotated;
    p = cosine === 0 ? before * square : (gamma * gamma) / cosine;
  }
  squares[first] = sine * p;
  d[first] = shift + gamma;
}

/** The eigenvalue of [[a, e], [e, b]] that is nearer to a. */
function wilkinsonShift(a: number, b: number, e: number): number {
  const half = (b - a) / (2 * e);
  const root = Math.sqrt(half * half + 1);
  return a - e / (half + (half < 0 ? -root : root));
}
