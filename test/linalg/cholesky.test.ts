import { describe, expect, it } from 'vitest';
import { choleskyFactor } from '../../src/linalg/cholesky.js';
import { type Matrix, transpose } from '../../src/linalg/matrix.js';
import { gram, multiplyTransposed } from '../../src/linalg/product.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

describe('choleskyFactor', () => {
  it('factors a known matrix', () => {
    const factor = choleskyFactor(
      matrixFrom([
        [4, 2],
        [2, 10],
      ]),
    );
    expect(factor).toEqual(
      matrixFrom([
        [2, 1],
        [0, 3],
      ]),
    );
  });

  // Around the groups of four pivots.
  it.each([1, 3, 4, 5, 8, 31])('gives the matrix back (%i rows)', (n) => {
    const matrix = gram(normalMatrix({ rows: n, columns: n + 20, seed: n }));
    const factor = choleskyFactor(matrix);
    expect(factor.rows).toBe(n);
    expectProduct(factor, matrix);
  });

  it('drops rows for constant, repeated and combined columns and still gives the matrix back', () => {
    const base = normalMatrix({ rows: 5, columns: 40, seed: 1 });
    const rows = Array.from({ length: 5 }, (_, row) => [...base.data.subarray(row * 40, row * 40 + 40)]);
    const zero = new Array<number>(40).fill(0);
    const sum = rows[0]!.map((value, column) => 1000 * value - rows[2]![column]!);
    const matrix = gram(matrixFrom([rows[0]!, zero, rows[1]!, rows[1]!, rows[2]!, sum, rows[3]!, rows[4]!]));
    const factor = choleskyFactor(matrix);
    expect(factor.rows).toBe(5);
    expectProduct(factor, matrix);
  });

  it('has the same bits in plain JavaScript and in WebAssembly without fused multiply-adds', () => {
    const matrix = gram(normalMatrix({ rows: 141, columns: 150, seed: 3 }));
    expect(choleskyFactor(matrix, { kind: 'plain' })).toEqual(choleskyFactor(matrix, { kind: 'wasm' }));
  });

  it('does not read above the diagonal', () => {
    const matrix = gram(normalMatrix({ rows: 23, columns: 30, seed: 3 }));
    const lower = {
      ...matrix,
      data: matrix.data.map((value, index) => (index % 23 > Math.floor(index / 23) ? Number.NaN : value)),
    };
    expect(choleskyFactor(lower)).toEqual(choleskyFactor(matrix));
  });

  it('has no rows for a matrix of zeros', () => {
    expect(
      choleskyFactor(
        matrixFrom([
          [0, 0],
          [0, 0],
        ]),
      ).rows,
    ).toBe(0);
  });
});

/** FᵀF = A, to 1e-13 of the largest entry. */
function expectProduct(factor: Matrix, matrix: Matrix): void {
  const columns = transpose(factor);
  const product = multiplyTransposed(columns, columns);
  const size = Math.max(...matrix.data.map(Math.abs));
  const worst = product.data.reduce((max, value, i) => Math.max(max, Math.abs(value - matrix.data[i]!)), 0);
  expect(worst).toBeLessThan(1e-13 * size);
}
