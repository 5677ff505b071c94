import { describe, expect, it } from 'vitest';
import { squaredDistance } from '../../src/linalg/distance-blocks.js';
import { commonMean } from '../../src/linalg/distance-bounds.js';
import type { Matrix } from '../../src/linalg/matrix.js';
import { squaredNeighbourDistances } from '../../src/linalg/neighbour-distances.js';
import { forRoughDistanceBlocks, roughCore, roughReach } from '../../src/linalg/rough-distances.js';
import { roughRows } from '../../src/linalg/rough-rows.js';
import { squaredDistances } from '../../src/linalg/squared-distances.js';
import { normalMatrix } from '../helpers/metric-recipe.js';

// An odd number of columns: the last pair is half empty. More rows than one block has.
const x = normalMatrix({ rows: 150, columns: 271, seed: 1 });
const y = normalMatrix({ rows: 530, columns: 271, seed: 2 });

/** Rows of all sizes: a copy, a row of zeros, an outlier, a tight cluster far from the rest, and rows too small for float32 squares. */
function uneven(set: Matrix): Matrix {
  const data = set.data.slice();
  const { columns } = set;
  const row = (index: number): Float64Array => data.subarray(index * columns, (index + 1) * columns);
  row(1).set(row(0));
  row(2).fill(0);
  for (const [index, factor] of [3, 4, 5, 6].map((at) => [at, 10 ** (at - 2)] as const)) {
    row(index).forEach((value, column) => {
      row(index)[column] = factor * value;
    });
  }
  for (let index = 10; index < 40; index++)
    row(index).forEach((value, k) => {
      row(index)[k] = 3 + 1e-4 * value;
    });
  for (let index = 40; index < 60; index++)
    row(index).forEach((value, k) => {
      row(index)[k] = 1e-25 * value;
    });
  return { ...set, data };
}

describe.each([
  ['like sizes', x, y],
  ['uneven sizes', uneven(x), uneven(y)],
])('rough distances of rows of %s', (_, left, right) => {
  const offset = commonMean(left, right);
  const [roughX, roughY] = [roughRows(left, offset), roughRows(right, offset)];
  const largestError = Math.max(roughX.largestError, roughY.largestError);

  it('visits every pair once, and bounds enclose the exact distance', () => {
    const visited = new Uint8Array(left.rows * right.rows);
    let broken = 0;
    let undecided = 0;
    forRoughDistanceBlocks({ x: roughX, y: roughY }, (block) => {
      block.squared.forEach((visitedSquare, position) => {
        if (visitedSquare === Number.POSITIVE_INFINITY) return;
        const [row, other] = [block.rowAt(position), block.otherAt(position)];
        visited[row * right.rows + other]! += 1;
        const exact = Math.sqrt(squaredDistance(left, right, { row, other }));
        for (const norm of [roughX.norms[row]!, roughY.norms[other]!]) {
          if (visitedSquare >= roughReach({ norm, distance: exact, largestError })) broken++;
          if (visitedSquare < roughCore({ norm, distance: exact, largestError })) broken++;
          // A limit a hundredth away must be told from the distance.
          const above = roughCore({ norm, distance: 1.01 * exact, largestError });
          if (exact > 0.1 * norm && visitedSquare >= above) undecided++;
        }
      });
    });
    expect(visited.every((times) => times === 1)).toBe(true);
    expect(broken).toBe(0);
    expect(undecided).toBe(0);
  });

  it('visits each pair of a set once', () => {
    let visited = 0;
    forRoughDistanceBlocks({ x: roughY }, (block) => {
      block.squared.forEach((value, position) => {
        if (value === Number.POSITIVE_INFINITY) return;
        visited++;
        if (block.rowAt(position) >= block.otherAt(position)) throw new Error('a pair twice');
      });
    });
    expect(visited).toBe((right.rows * (right.rows - 1)) / 2);
  });

  it.each([1, 5])('leads to the exact distance of the %i-th neighbour', (k) => {
    const own = squaredDistances(right, right, { from: 0, to: right.rows });
    const found = squaredNeighbourDistances(right, { k });
    found.forEach((distance, row) => {
      const others = own.data.slice(row * right.rows, (row + 1) * right.rows);
      others[row] = Number.POSITIVE_INFINITY;
      expect(distance).toBe(others.sort()[k - 1]);
    });
  });
});

it('keeps rows apart that only differ by a small angle', () => {
  expect(roughRows(x, new Float64Array(271)).largestError).toBeLessThan(3e-4);
  const zeros = { rows: 2, columns: 3, data: new Float64Array(6) };
  expect(roughRows(zeros, new Float64Array(3))).toMatchObject({ largestError: 0, norms: new Float64Array(2) });
});

it('refuses rows whose squares float32 cannot hold', () => {
  const long = { rows: 1, columns: 2, data: Float64Array.of(1e20, 0) };
  expect(() => roughRows(long, new Float64Array(2))).toThrow('row 0 is too long');
});
