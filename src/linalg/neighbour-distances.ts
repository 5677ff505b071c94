import { squaredDistance } from './distance-blocks.js';
import { commonMean } from './distance-bounds.js';
import type { Matrix } from './matrix.js';
import { forRoughDistanceBlocks, roughReach } from './rough-distances.js';
import { type RoughRows, roughRows } from './rough-rows.js';
import { squaredDistances } from './squared-distances.js';

/** Neighbours that are kept beside the k nearest, for those that rounding may put in the wrong order. */
const spare = 8;

/**
 * The squared distance of each row to its k-th nearest other row, exact: the bits of `squaredDistances`. The nearest rows
 * are found with approximate distances, each pair once; where rounding leaves in doubt which they are, all of the row's are computed.
 * Needs more than k rows.
 */
export function squaredNeighbourDistances(set: Matrix, { k }: { readonly k: number }): Float64Array {
  const rough = roughRows(set, commonMean(set, set));
  const nearest = nearestRows(rough, k + spare);
  return Float64Array.from({ length: set.rows }, (_, row) => exactDistance(set, { row, k, nearest, rough }));
}

/** For each row the approximate distances to its nearest other rows, ascending, and their indices. */
interface NearestRows {
  readonly count: number;
  readonly distances: Float32Array;
  readonly indices: Int32Array;
}

function nearestRows(set: RoughRows, count: number): NearestRows {
  const nearest: NearestRows = {
    count,
    distances: new Float32Array(set.rows * count).fill(Number.POSITIVE_INFINITY),
    indices: new Int32Array(set.rows * count).fill(-1),
  };
  const furthest = new Float32Array(set.rows).fill(Number.POSITIVE_INFINITY);
  forRoughDistanceBlocks({ x: set }, (block) => {
    const candidates = block.listWithin({ from: Number.NEGATIVE_INFINITY, x: furthest, y: furthest });
    for (let place = 0; place < candidates.length; place++) {
      const position = candidates[place]!;
      const distance = block.squared[position]!;
      const row = block.rowAt(position);
      const other = block.otherAt(position);
      // The limits have moved since the block began.
      if (distance < furthest[row]!) furthest[row] = insert(nearest, row, { distance, index: other });
      if (distance < furthest[other]!) furthest[other] = insert(nearest, other, { distance, index: row });
    }
  });
  return nearest;
}

/** Puts a neighbour in its place in front of the further ones; returns the distance that the next one has to be below. */
function insert(
  { count, distances, indices }: NearestRows,
  row: number,
  { distance, index }: { readonly distance: number; readonly index: number },
): number {
  const first = row * count;
  let place = first + count - 1;
  for (; place > first && distances[place - 1]! > distance; place--) {
    distances[place] = distances[place - 1]!;
    indices[place] = indices[place - 1]!;
  }
  distances[place] = distance;
  indices[place] = index;
  return distances[first + count - 1]!;
}

interface Question {
  readonly row: number;
  readonly k: number;
  readonly nearest: NearestRows;
  readonly rough: RoughRows;
}

function exactDistance(set: Matrix, { row, k, nearest: { count, distances, indices }, rough }: Question): number {
  const first = row * count;
  const exact: number[] = [];
  for (let place = first; place < first + count && indices[place]! >= 0; place++) {
    exact.push(squaredDistance(set, set, { row, other: indices[place]! }));
  }
  const kth = exact.sort((a, b) => a - b)[k - 1]!;
  const { norms, largestError } = rough;
  const reach = roughReach({ norm: norms[row]!, distance: Math.sqrt(kth), largestError });
  // Rows that were not kept are no nearer than the last one that was, which is beyond the reach of the k-th.
  if (exact.length < count || distances[first + count - 1]! >= reach) return kth;
  const all = squaredDistances(set, set, { from: row, to: row + 1 }).data;
  all[row] = Number.POSITIVE_INFINITY;
  return all.sort()[k - 1]!;
}
