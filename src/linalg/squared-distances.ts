import { type Matrix, zeros } from './matrix.js';

/**
 * Squared Euclidean distances of rows `from` to `to` (not included) of `a` to all rows of `b`: `(to - from) x b.rows`.
 * Summed as Σ(a - b)² in the order of the columns, not as |a|² + |b|² - 2ab: the distance of equal rows is exactly 0, d(x, y) and
 * d(y, x) have the same bits, and a common offset costs no digits. Metrics that compare distances with `<` depend on that.
 */
export function squaredDistances(a: Matrix, b: Matrix, range: { readonly from: number; readonly to: number }): Matrix {
  const out = zeros(range.to - range.from, b.rows);
  const tiled = b.rows & ~3;
  for (let row = range.from; row < range.to; row++) {
    const at = (row - range.from) * b.rows;
    for (let other = 0; other < tiled; other += 4) fourDistances(a, b, { row, other, out: out.data, at: at + other });
    for (let other = tiled; other < b.rows; other++) out.data[at + other] = oneDistance(a, b, row, other);
  }
  return out;
}

interface Target {
  readonly row: number;
  readonly other: number;
  readonly out: Float64Array;
  readonly at: number;
}

/** One row against four: the four sums are independent, so the processor works on all of them at once. */
function fourDistances(a: Matrix, b: Matrix, target: Target): void {
  const columns = a.columns;
  const left = a.data;
  const right = b.data;
  const a0 = target.row * columns;
  const b0 = target.other * columns;
  const b1 = b0 + columns;
  const b2 = b1 + columns;
  const b3 = b2 + columns;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < columns; k++) {
    const x = left[a0 + k]!;
    const d0 = x - right[b0 + k]!;
    const d1 = x - right[b1 + k]!;
    const d2 = x - right[b2 + k]!;
    const d3 = x - right[b3 + k]!;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  target.out[target.at] = s0;
  target.out[target.at + 1] = s1;
  target.out[target.at + 2] = s2;
  target.out[target.at + 3] = s3;
}

function oneDistance(a: Matrix, b: Matrix, row: number, other: number): number {
  let sum = 0;
  for (let k = 0; k < a.columns; k++) {
    const difference = a.data[row * a.columns + k]! - b.data[other * b.columns + k]!;
    sum += difference * difference;
  }
  return sum;
}
