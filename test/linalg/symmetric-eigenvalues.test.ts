import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/linalg/matrix.js';
import { gram } from '../../src/linalg/product.js';
import { symmetricEigenvalues } from '../../src/linalg/symmetric-eigenvalues.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

describe('symmetricEigenvalues', () => {
  it('solves a 2 x 2 matrix', () => {
    const values = symmetricEigenvalues(
      matrixFrom([
        [2, 1],
        [1, 2],
      ]),
    );
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
  });

  it.each([1, 2, 3, 8, 33, 100])('knows the second-difference matrix of %i rows in closed form', (n) => {
    const matrix = toeplitz(n, [2, -1]);
    const values = symmetricEigenvalues(matrix);
    values.forEach((value, index) => {
      // 2 - 2 cos(k π / (n + 1)), largest first.
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((n - index) * Math.PI) / (n + 1)), 12);
    });
  });

  it.each([2, 3, 7, 10, 41])('keeps trace and sum of squares of a dense matrix (%i rows)', (n) => {
    const matrix = gram(normalMatrix({ rows: n, columns: n + 3, seed: n }));
    const values = symmetricEigenvalues(matrix);
    const trace = Array.from({ length: n }, (_, i) => matrix.data[i * n + i]!).reduce((a, b) => a + b, 0);
    const squares = matrix.data.reduce((sum, value) => sum + value * value, 0);
    expect(values.reduce((sum, value) => sum + value, 0) / trace).toBeCloseTo(1, 13);
    expect(values.reduce((sum, value) => sum + value * value, 0) / squares).toBeCloseTo(1, 13);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });

  it('finds each eigenvalue of a dense matrix with a known spectrum', () => {
    const known = [-3, -1, 0, 0, 0.001, 2, 2, 50];
    const values = symmetricEigenvalues(reflected(known)).reverse();
    for (const [index, value] of values.entries()) expect(value).toBeCloseTo(known[index]!, 12);
  });

  // Around pairs of rows and lines of eight.
  it.each([5, 9, 37, 64, 101, 300])('finds spectra of low rank, graded and repeated ones (%i rows)', (n) => {
    const spectra = [
      (index: number) => (index % 3 === 0 ? 1 + index : 0),
      (index: number) => 10 ** ((-12 * index) / n),
      (index: number) => (index === 0 ? n : 1),
    ];
    for (const valueAt of spectra) {
      const known = Float64Array.from({ length: n }, (_, index) => valueAt(index))
        .sort()
        .reverse();
      const values = symmetricEigenvalues(reflected([...known]));
      // atol 1e-13 of the largest.
      values.forEach((value, index) => {
        expect(Math.abs(value - known[index]!)).toBeLessThan(1e-13 * known[0]!);
      });
    }
  });

  it('has the same bits with and without WebAssembly', () => {
    for (const rows of [140, 141]) {
      const matrix = gram(normalMatrix({ rows, columns: 150, seed: 3 }));
      expect(symmetricEigenvalues(matrix, { kind: 'plain' })).toEqual(symmetricEigenvalues(matrix, { kind: 'wasm' }));
    }
  });

  it('holds at extreme scales', () => {
    for (const scale of [1e-200, 1e200]) {
      const matrix = toeplitz(5, [2 * scale, -scale]);
      expect(symmetricEigenvalues(matrix)[0]! / scale).toBeCloseTo(2 + Math.sqrt(3), 12);
    }
  });

  it('is zero for zeros and refuses NaN', () => {
    expect([...symmetricEigenvalues(toeplitz(3, [0, 0]))]).toEqual([0, 0, 0]);
    expect(() => symmetricEigenvalues(matrixFrom([[Number.NaN]]))).toThrow('not finite');
  });
});

function toeplitz(n: number, [centre, beside]: readonly [number, number]): Matrix {
  const data = Float64Array.from({ length: n * n }, (_, index) => {
    const distance = Math.abs(Math.floor(index / n) - (index % n));
    return distance === 0 ? centre : distance === 1 ? beside : 0;
  });
  return { rows: n, columns: n, data };
}

/** G H diag(values) H G with reflections H = 1 - 2 v vᵀ / |v|²: a dense matrix with these eigenvalues. */
function reflected(values: readonly number[]): Matrix {
  const n = values.length;
  const data = new Float64Array(n * n);
  values.forEach((value, index) => {
    data[index * n + index] = value;
  });
  for (const seed of [8, 9])
    reflectBothSides({ rows: n, columns: n, data }, normalMatrix({ rows: 1, columns: n, seed }).data);
  return { rows: n, columns: n, data };
}

/** A -= 2 (v wᵀ + w vᵀ) / |v|² - 4 v (vᵀw) vᵀ / |v|⁴ with w = A v. */
function reflectBothSides({ rows: n, data }: Matrix, v: Float64Array): void {
  const square = v.reduce((sum, value) => sum + value * value, 0);
  const w = v.map((_, i) => v.reduce((sum, value, k) => sum + data[i * n + k]! * value, 0));
  const inner = w.reduce((sum, value, k) => sum + value * v[k]!, 0);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const both = v[i]! * w[k]! + w[i]! * v[k]!;
      data[i * n + k]! += (4 * v[i]! * inner * v[k]!) / square ** 2 - (2 * both) / square;
    }
  }
}
