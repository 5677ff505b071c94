import { expect, it } from 'vitest';
import { positiveDefiniteInverse } from '../../src/linalg/positive-definite-inverse.js';
import { gram, multiplyTransposed } from '../../src/linalg/product.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

it('inverts a matrix in closed form', () => {
  const inverse = positiveDefiniteInverse(
    matrixFrom([
      [2, 1],
      [1, 3],
    ]),
  );
  [0.6, -0.2, -0.2, 0.4].forEach((value, index) => {
    expect(inverse?.data[index]).toBeCloseTo(value, 15);
  });
});

it.each([1, 4, 17])('gives the identity with its matrix (%i rows)', (n) => {
  const matrix = gram(normalMatrix({ rows: n, columns: n + 5, seed: n }));
  const product = multiplyTransposed(positiveDefiniteInverse(matrix)!, matrix);
  product.data.forEach((value, index) => {
    expect(Math.abs(value - (index % n === Math.floor(index / n) ? 1 : 0))).toBeLessThan(1e-10);
  });
});

it('has none of a singular or indefinite matrix', () => {
  for (const [a, b, c] of [
    [1, 1, 1],
    [1, 2, 1],
    [0, 0, 1],
  ] as const)
    expect(
      positiveDefiniteInverse(
        matrixFrom([
          [a, b],
          [b, c],
        ]),
      ),
    ).toBeUndefined();
});
