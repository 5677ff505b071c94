import { tridiagonalOfBand } from './band-chasing.js';
import { bandOf } from './band-reduction.js';
import type { KernelMemory } from './kernels.js';
import type { Matrix } from './matrix.js';
import { type Tridiagonal, tridiagonalOf } from './tridiagonal.js';

/** Far more than the two or so iterations an eigenvalue takes; reached only by a matrix with NaN in it. */
const maxIterations = 60;

/** All eigenvalues of a symmetric matrix, largest first. Only the lower triangle is read. Throws a RangeError on NaN or infinities. */
export function symmetricEigenvalues(symmetric: Matrix, { kind }: KernelChoice = {}): Float64Array {
  const scale = powerOfTwoNear(symmetric.data);
  if (scale === 0) return new Float64Array(symmetric.rows);
  const scaled = { ...symmetric, data: symmetric.data.map((value) => value / scale) };
  const values = tridiagonalEigenvalues(reduced(scaled, kind));
  return values
    .map((value) => value * scale)
    .sort()
    .reverse();
}

interface KernelChoice {
  /** Plain JavaScript instead of WebAssembly: slower, the same bits. */
  readonly kind?: KernelMemory['kind'];
}

/** Smaller matrices stay in the cache, where the reduction in one step costs less. */
const leastRowsInTwoSteps = 128;

function reduced(symmetric: Matrix, kind: KernelMemory['kind'] | undefined): Tridiagonal {
  if (symmetric.rows < leastRowsInTwoSteps) return tridiagonalOf(symmetric);
  // Measured: a wide band makes the products of the first step efficient, a narrow one the second step short.
  const width = symmetric.rows < 1000 ? 16 : 32;
  return tridiagonalOfBand(bandOf(symmetric, { width, kind }), { kind });
}

/** The largest magnitude rounded to a power of two: dividing by it is exact, and squares then neither overflow nor vanish. */
function powerOfTwoNear(data: Float64Array): number {
  let largest = 0;
  for (const value of data) {
    if (!Number.isFinite(value)) throw new RangeError('eigenvalues of a matrix that is not finite');
    largest = Math.max(largest, Math.abs(value));
  }
  return largest === 0 ? 0 : 2 ** Math.floor(Math.log2(largest));
}

/**
 * Eigenvalues of a symmetric tridiagonal matrix, in no order: implicit QL with Wilkinson's shift (Golub & Van Loan,
 * Matrix Computations, 8.3.3, run from the other end).
 */
export function tridiagonalEigenvalues(tridiagonal: Tridiagonal): Float64Array {
  const d = tridiagonal.diagonal.slice();
  const n = d.length;
  const e = new Float64Array(n);
  e.set(tridiagonal.offDiagonal.subarray(1));
  for (let first = 0; first < n; first++) {
    for (let iteration = 0; ; iteration++) {
      const end = splitFrom(d, e, first);
      if (end === first) break;
      if (iteration === maxIterations) throw new RangeError('eigenvalues did not converge');
      qlSweep(d, e, first, end);
    }
  }
  return d;
}

/** The first index from `first` on whose coupling to the next one is negligible beside their diagonals. */
function splitFrom(d: Float64Array, e: Float64Array, first: number): number {
  let end = first;
  while (end < d.length - 1) {
    const size = Math.abs(d[end]!) + Math.abs(d[end + 1]!);
    if (size + Math.abs(e[end]!) === size) break;
    end++;
  }
  return end;
}

/** One implicit QL step on rows `first` to `end`: chases the bulge upwards with plane rotations. */
function qlSweep(d: Float64Array, e: Float64Array, first: number, end: number): void {
  let g = d[end]! - wilkinsonShift(d[first]!, d[first + 1]!, e[first]!);
  let sine = 1;
  let cosine = 1;
  let shiftSum = 0;
  for (let i = end - 1; i >= first; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      // The block falls apart here; the next call finds the split.
      d[i + 1]! -= shiftSum;
      e[end] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    const base = d[i + 1]! - shiftSum;
    const rotated = (d[i]! - base) * sine + 2 * cosine * b;
    shiftSum = sine * rotated;
    d[i + 1] = base + shiftSum;
    g = cosine * rotated - b;
  }
  d[first]! -= shiftSum;
  e[first] = g;
  e[end] = 0;
}

/** The eigenvalue of [[a, e], [e, b]] that is nearer to a. */
function wilkinsonShift(a: number, b: number, e: number): number {
  const half = (b - a) / (2 * e);
  const root = Math.sqrt(half * half + 1);
  return a - e / (half + (half < 0 ? -root : root));
}
