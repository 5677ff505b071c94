import { expect, it } from 'vitest';
import { centre, covarianceOfCentred } from '../../src/linalg/covariance.js';
import { matrixFrom } from '../helpers/metric-recipe.js';

const samples = matrixFrom([
  [1, 2],
  [3, 8],
  [5, 5],
]);

it('divides by n - 1', () => {
  const { mean, centred } = centre(samples);
  expect([...mean]).toEqual([3, 5]);
  expect([...covarianceOfCentred(centred).data]).toEqual([4, 3, 3, 9]);
});

it('makes constant columns exactly zero and loses nothing to a large offset', () => {
  const offset = matrixFrom([
    [0.1, 1e9 + 1],
    [0.1, 1e9 + 3],
    [0.1, 1e9 + 5],
  ]);
  const { mean, centred } = centre(offset);
  expect([...centred.data]).toEqual([0, -2, 0, 0, 0, 2]);
  expect([...mean]).toEqual([0.1, 1e9 + 3]);
});
