import { expect, it } from 'vitest';
import { nonFiniteRow, transpose } from '../../src/linalg/matrix.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

it('transposes matrices that are no multiple of the block', () => {
  const matrix = normalMatrix({ rows: 35, columns: 70, seed: 1 });
  const turned = transpose(matrix);
  expect([turned.rows, turned.columns]).toEqual([70, 35]);
  expect(turned.data[69 * 35 + 34]).toBe(matrix.data[34 * 70 + 69]);
  expect(turned.data[33 * 35 + 1]).toBe(matrix.data[1 * 70 + 33]);
  expect(transpose(turned)).toEqual(matrix);
});

it('names the first row that is not finite', () => {
  const matrix = matrixFrom([
    [1, 2],
    [3, Number.NEGATIVE_INFINITY],
    [Number.NaN, 0],
  ]);
  expect(nonFiniteRow(matrix)).toBe(1);
  expect(nonFiniteRow(matrixFrom([[1, 2]]))).toBeUndefined();
});
