import { describe, expect, it } from 'vitest';
import { tridiagonalOfBand } from '../../src/linalg/band-chasing.js';
import { bandOf } from '../../src/linalg/band-reduction.js';
import type { Matrix } from '../../src/linalg/matrix.js';
import { gram } from '../../src/linalg/product.js';
import { symmetricEigenvalues, tridiagonalEigenvalues } from '../../src/linalg/symmetric-eigenvalues.js';
import { tridiagonalOf } from '../../src/linalg/tridiagonal.js';
import { normalMatrix } from '../helpers/metric-recipe.js';

describe('the reduction in two steps', () => {
  // Around the width of the band and strips of four.
  it.each([
    [1, 4],
    [5, 8],
    [37, 4],
    [64, 16],
    [101, 16],
    [131, 32],
  ])('keeps the eigenvalues that one step gives (%i rows, width %i)', (rows, width) => {
    for (const matrix of [
      gram(normalMatrix({ rows, columns: rows + 5, seed: rows })),
      gram(normalMatrix({ rows, columns: Math.ceil(rows / 3), seed: rows })),
      graded(rows),
    ]) {
      const expected = tridiagonalEigenvalues(tridiagonalOf(matrix)).sort();
      const size = Math.max(...expected.map(Math.abs));
      const values = tridiagonalEigenvalues(tridiagonalOfBand(bandOf(matrix, { width }))).sort();
      values.forEach((value, index) => {
        expect(Math.abs(value - expected[index]!)).toBeLessThan(1e-13 * size);
      });
    }
  });

  it('finds repeated eigenvalues: those of 1 + v vᵀ', () => {
    const n = 150;
    const matrix = gram(normalMatrix({ rows: n, columns: 1, seed: 2 }));
    let square = 0;
    for (let i = 0; i < n; i++) {
      square += matrix.data[i * n + i]!;
      matrix.data[i * n + i]! += 1;
    }
    const values = symmetricEigenvalues(matrix);
    expect(values[0]! / (1 + square)).toBeCloseTo(1, 13);
    for (const value of values.subarray(1)) expect(Math.abs(value - 1)).toBeLessThan(1e-13 * square);
  });

  it('has the same bits with and without WebAssembly', () => {
    const matrix = gram(normalMatrix({ rows: 141, columns: 150, seed: 3 }));
    expect(symmetricEigenvalues(matrix, { kind: 'plain' })).toEqual(symmetricEigenvalues(matrix));
  });
});

/** Entries that shrink by twelve orders of magnitude along the diagonal. */
function graded(rows: number): Matrix {
  const noise = normalMatrix({ rows, columns: rows + 2, seed: 5 });
  const scaled = noise.data.map((value, index) => value * 10 ** ((-6 * Math.floor(index / noise.columns)) / rows));
  return gram({ ...noise, data: scaled });
}
