import { describe, expect, it } from 'vitest';
import { choleskyFactor } from '../../src/linalg/cholesky.js';
import { type Matrix, zeros } from '../../src/linalg/matrix.js';
import { gram, multiplyTransposed } from '../../src/linalg/product.js';
import { singularValuesOfProduct } from '../../src/linalg/singular-values.js';
import { symmetricEigenvalues } from '../../src/linalg/symmetric-eigenvalues.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

describe('singularValuesOfProduct', () => {
  it('knows those of a product in closed form', () => {
    // [[3, 0], [4, 5]] · I: √45 and √5.
    const a = matrixFrom([
      [3, 0],
      [4, 5],
    ]);
    const values = singularValuesOfProduct(a, identity(2));
    expect(values[0]).toBeCloseTo(Math.sqrt(45), 14);
    expect(values[1]).toBeCloseTo(Math.sqrt(5), 14);
  });

  // Around strips of four rows, pairs of rows and blocks of columns; A with fewer, as many and more columns than rows.
  it.each([
    [1, 1, 1],
    [2, 3, 5],
    [4, 4, 4],
    [5, 9, 3],
    [13, 16, 300],
    [66, 67, 70],
  ])('are the roots of the eigenvalues of C Cᵀ (%i and %i rows, %i columns)', (n, m, columns) => {
    const a = normalMatrix({ rows: n, columns, seed: 1 });
    const b = normalMatrix({ rows: m, columns, seed: 2 });
    const eigenvalues = symmetricEigenvalues(gram(multiplyTransposed(a, b)));
    for (const kind of ['fused', 'wasm', 'plain'] as const) {
      const values = singularValuesOfProduct(a, b, { kind });
      expect(values.length).toBe(n);
      values.forEach((value, index) => {
        // Squares to 1e-13 of the largest.
        expect(Math.abs(value ** 2 - eigenvalues[index]!)).toBeLessThan(1e-13 * eigenvalues[0]! + 1e-300);
      });
    }
  });

  it('have the same bits in plain JavaScript and in WebAssembly without fused multiply-adds', () => {
    const factors = [3, 4].map((seed) => choleskyFactor(gram(normalMatrix({ rows: 141, columns: 150, seed }))));
    const [a, b] = factors as [Matrix, Matrix];
    expect(singularValuesOfProduct(a, b, { kind: 'plain' })).toEqual(singularValuesOfProduct(a, b, { kind: 'wasm' }));
  });

  it('hold at extreme scales, and are zero for zeros', () => {
    for (const scale of [1e-70, 1e70]) {
      const a = scaled(normalMatrix({ rows: 7, columns: 9, seed: 1 }), scale);
      const [plain, huge] = [
        singularValuesOfProduct(normalMatrix({ rows: 7, columns: 9, seed: 1 }), identity(9)),
        singularValuesOfProduct(a, identity(9)),
      ];
      huge.forEach((value, index) => {
        expect(value / scale / plain[index]!).toBeCloseTo(1, 12);
      });
    }
    expect([...singularValuesOfProduct(zeros(3, 4), normalMatrix({ rows: 2, columns: 4, seed: 1 }))]).toEqual([
      0, 0, 0,
    ]);
  });

  it('refuses unlike columns and NaN', () => {
    expect(() => singularValuesOfProduct(zeros(2, 3), zeros(2, 4))).toThrow('equal columns, got 3 and 4');
    expect(() => singularValuesOfProduct(matrixFrom([[Number.NaN]]), identity(1))).toThrow('not finite');
  });
});

function identity(size: number): Matrix {
  const matrix = zeros(size, size);
  for (let k = 0; k < size; k++) matrix.data[k * size + k] = 1;
  return matrix;
}

function scaled({ rows, columns, data }: Matrix, scale: number): Matrix {
  return { rows, columns, data: data.map((value) => value * scale) };
}
