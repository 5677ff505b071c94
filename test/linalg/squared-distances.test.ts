import { expect, it } from 'vitest';
import { squaredDistances } from '../../src/linalg/squared-distances.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

it('gives the asked rows against all others', () => {
  const a = matrixFrom([
    [0, 0],
    [1, 1],
    [3, 4],
  ]);
  const b = matrixFrom([
    [0, 0],
    [3, 4],
  ]);
  expect(squaredDistances(a, b, { from: 1, to: 3 })).toEqual(
    matrixFrom([
      [2, 13],
      [25, 0],
    ]),
  );
});

it('has the same bits either way round, exact zeros, and does not feel a common offset', () => {
  const a = normalMatrix({ rows: 7, columns: 33, seed: 1 });
  const b = normalMatrix({ rows: 6, columns: 33, seed: 2 });
  const there = squaredDistances(a, b, { from: 0, to: 7 });
  const back = squaredDistances(b, a, { from: 0, to: 6 });
  for (let i = 0; i < 7; i++) for (let j = 0; j < 6; j++) expect(there.data[i * 6 + j]).toBe(back.data[j * 7 + i]);
  const own = squaredDistances(a, a, { from: 0, to: 7 });
  for (let i = 0; i < 7; i++) expect(own.data[i * 8]).toBe(0);
  const far = { ...a, data: a.data.map((value) => value + 1e6) };
  const farB = { ...b, data: b.data.map((value) => value + 1e6) };
  expect(squaredDistances(far, farB, { from: 0, to: 1 }).data[0]).toBeCloseTo(there.data[0]!, 7);
});
