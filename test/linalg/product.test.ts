import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../src/linalg/matrix.js';
import { gram, multiplyTransposed } from '../../src/linalg/product.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

describe('multiplyTransposed', () => {
  it('multiplies rows by rows', () => {
    const a = matrixFrom([[1, 2, 3]]);
    const b = matrixFrom([
      [4, 5, 6],
      [0, 1, 0],
    ]);
    expect(multiplyTransposed(a, b)).toEqual(matrixFrom([[32, 2]]));
  });

  // Around the tile (4), the row block (64) and the depth block (256).
  it.each([
    [1, 1, 1],
    [3, 5, 2],
    [4, 4, 256],
    [5, 66, 257],
    [67, 64, 300],
    [9, 131, 513],
  ])('agrees with the definition for %i x %i over %i columns', (rows, others, columns) => {
    const a = normalMatrix({ rows, columns, seed: 1 });
    const b = normalMatrix({ rows: others, columns, seed: 2 });
    expectClose(multiplyTransposed(a, b), byDefinition(a, b));
  });

  it('refuses unequal columns', () => {
    expect(() => multiplyTransposed(matrixFrom([[1, 2]]), matrixFrom([[1]]))).toThrow('equal columns, got 2 and 1');
  });
});

describe('gram', () => {
  it.each([1, 6, 64, 65, 130])('is the product with itself, exactly symmetric, for %i rows', (rows) => {
    const a = normalMatrix({ rows, columns: 270, seed: 3 });
    const product = gram(a);
    expectClose(product, byDefinition(a, a));
    expect(product.data.every((value, i) => value === product.data[(i % rows) * rows + Math.floor(i / rows)])).toBe(
      true,
    );
  });
});

function byDefinition(a: Matrix, b: Matrix): Matrix {
  const data = Float64Array.from({ length: a.rows * b.rows }, (_, index) => {
    const [i, j] = [Math.floor(index / b.rows), index % b.rows];
    let sum = 0;
    for (let k = 0; k < a.columns; k++) sum += a.data[i * a.columns + k]! * b.data[j * a.columns + k]!;
    return sum;
  });
  return { rows: a.rows, columns: b.rows, data };
}

function expectClose(actual: Matrix, expected: Matrix): void {
  expect([actual.rows, actual.columns]).toEqual([expected.rows, expected.columns]);
  const worst = actual.data.reduce((max, value, i) => Math.max(max, Math.abs(value - expected.data[i]!)), 0);
  expect(worst).toBeLessThan(1e-12 * 300);
}
