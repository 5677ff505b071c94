import { expect, it } from 'vitest';
import { forDistanceBlocks, pairBlocks, squaredDistance } from '../../src/linalg/distance-blocks.js';
import { distanceSlack } from '../../src/linalg/distance-bounds.js';
import { kernelMeans } from '../../src/linalg/kernel-means.js';
import { lowerMedianDistance } from '../../src/linalg/median-distance.js';
import { squaredNeighbourDistances } from '../../src/linalg/neighbour-distances.js';
import { squaredDistances } from '../../src/linalg/squared-distances.js';
import { matrixFrom, normalMatrix } from '../helpers/metric-recipe.js';

const x = normalMatrix({ rows: 150, columns: 270, seed: 1 });
const y = { ...normalMatrix({ rows: 530, columns: 270, seed: 2 }) };
const own = squaredDistances(x, x, { from: 0, to: x.rows });

it('visits every distance once, within its slack of the exact one', () => {
  const slack = distanceSlack(x, y);
  const visited = new Set<number>();
  let furthest = 0;
  forDistanceBlocks({ x, y }, (block) => {
    block.squared.forEach((distance, position) => {
      if (distance === Number.POSITIVE_INFINITY) return;
      const [row, other] = [block.rowAt(position), block.otherAt(position)];
      visited.add(row * y.rows + other);
      furthest = Math.max(furthest, Math.abs(distance - squaredDistance(x, y, { row, other })));
    });
  });
  expect(furthest).toBeLessThan(slack);
  expect(visited.size).toBe(x.rows * y.rows);
  expect(slack).toBeLessThan(1e-3 * own.data[1]!);
});

it('visits every pair of a set once, and the same pairs again', () => {
  const pairs = pairBlocks(y);
  for (let round = 0; round < 2; round++) {
    let visited = 0;
    let outOfOrder = 0;
    pairs((block) => {
      block.squared.forEach((distance, position) => {
        if (distance === Number.POSITIVE_INFINITY) return;
        visited++;
        if (block.rowAt(position) >= block.otherAt(position)) outOfOrder++;
      });
      expect(block.countBelow(500)).toBe(block.squared.filter((distance) => distance < 500).length);
    });
    expect([visited, outOfOrder]).toEqual([(530 * 529) / 2, 0]);
  }
});

it('finds the exact lower median, also of ties and of equal rows', () => {
  for (const rows of [2, 3, 7, 150]) {
    const set = { ...x, rows, data: x.data.slice(0, rows * x.columns) };
    const distances = [...own.data].filter((_, i) => i % 150 < rows && Math.floor(i / 150) < i % 150);
    const sorted = distances.sort((a, b) => a - b);
    expect(lowerMedianDistance(set)).toBe(Math.sqrt(sorted[Math.floor((sorted.length - 1) / 2)]!));
  }
  expect(lowerMedianDistance(matrixFrom([[0], [0], [0], [1], [1]]))).toBe(1);
  expect(lowerMedianDistance(matrixFrom([[3], [3], [3]]))).toBe(0);
});

it('gives the exact distance to the k-th neighbour, also among duplicates', () => {
  const sorted = (row: number): Float64Array => own.data.slice(row * 150, row * 150 + 150).sort();
  const found = squaredNeighbourDistances(x, { k: 5 });
  found.forEach((distance, row) => {
    expect(distance).toBe(sorted(row)[5]);
  });
  const repeated = matrixFrom(Array.from({ length: 40 }, (_, row) => [row < 30 ? 1 : row, 2]));
  expect([...squaredNeighbourDistances(repeated, { k: 5 }).subarray(0, 30)]).toEqual(new Array(30).fill(0));
});

it('averages the kernel as the definition does', () => {
  const gamma = 1 / 500;
  const means = kernelMeans(x, y, { sumOf: (block) => block.gaussianSum(gamma) });
  const across = squaredDistances(x, y, { from: 0, to: x.rows }).data;
  const expected = across.reduce((sum, value) => sum + Math.exp(-gamma * value), 0) / across.length;
  // Float32 products: rtol 1e-7.
  expect(Math.abs(means.across / expected - 1)).toBeLessThan(1e-7);
  const within = own.data.reduce((sum, value) => sum + Math.exp(-gamma * value), -150) / (150 * 149);
  expect(Math.abs(means.withinX / within - 1)).toBeLessThan(1e-7);
});
