import type { DistanceTiles, TileLimits, TileScales, ValueRange } from './kernels.js';

/** Lanes of a tile. */
const laneCount = 8;

export function squareDistances(singles: Float32Array, { tiles, rows, laneStrips, left, lanes }: DistanceTiles): void {
  const { fround } = Math;
  for (let cell = 0; cell < laneStrips * rows * laneCount; cell++) {
    const square = fround(singles[left + rowOf(cell, rows)]! + singles[lanes + laneOf(cell, rows)]!);
    singles[tiles + cell] = square - 2 * singles[tiles + cell]!;
  }
}

export function roughDistances(singles: Float32Array, integers: Int32Array, options: DistanceTiles & TileScales): void {
  const { tiles, rows, laneStrips, left, lanes, leftScales, laneScales } = options;
  const { fround } = Math;
  for (let cell = 0; cell < laneStrips * rows * laneCount; cell++) {
    const [row, lane] = [rowOf(cell, rows), laneOf(cell, rows)];
    const square = fround(singles[left + row]! + singles[lanes + lane]!);
    const factor = fround(singles[leftScales + row]! * singles[laneScales + lane]!);
    singles[tiles + cell] = square - fround(factor * fround(integers[tiles + cell]!));
  }
}

export function listWithin(singles: Float32Array, integers: Int32Array, options: DistanceTiles & TileLimits): number {
  const { tiles, rows, laneStrips, left, lanes, from, list } = options;
  let count = 0;
  for (let cell = 0; cell < laneStrips * rows * laneCount; cell++) {
    const value = singles[tiles + cell]!;
    const isBelow = value < singles[left + rowOf(cell, rows)]! || value < singles[lanes + laneOf(cell, rows)]!;
    if (isBelow && value >= from) integers[list + count++] = cell;
  }
  return count;
}

function rowOf(cell: number, rows: number): number {
  return Math.floor(cell / laneCount) % rows;
}

function laneOf(cell: number, rows: number): number {
  return laneCount * Math.floor(cell / (rows * laneCount)) + (cell % laneCount);
}

export function countBelow(
  singles: Float32Array,
  { at, count, limit }: ValueRange & { readonly limit: number },
): number {
  let below = 0;
  for (let cell = at; cell < at + count; cell++) if (singles[cell]! < limit) below++;
  return below;
}

/** ln(2)^k / k!, k from 7 down to 0. */
const series = Float32Array.from(
  [5040, 720, 120, 24, 6, 2, 1, 1],
  (factorial, place) => Math.LN2 ** (7 - place) / factorial,
);

export function sumPowers(singles: Float32Array, { at, count, rate }: ValueRange & { readonly rate: number }): number {
  const sums = new Float64Array(4);
  for (let cell = 0; cell < count; cell++) sums[cell & 3]! += powerOfTwo(Math.fround(singles[at + cell]! * rate));
  return sums[0]! + sums[2]! + (sums[1]! + sums[3]!);
}

/** 2^x in float32 for x <= 0. */
function powerOfTwo(exponent: number): number {
  const { fround } = Math;
  const x = Math.max(-126, Math.min(0, exponent));
  // Adding 1.5 · 2^23 leaves no bits after the point: halves go to the even neighbour, as the vector instruction has it.
  const whole = fround(fround(x + 12_582_912) - 12_582_912);
  const rest = x - whole;
  let sum = series[0]!;
  for (let k = 1; k < series.length; k++) sum = fround(series[k]! + fround(rest * sum));
  return fround(2 ** whole * sum);
}
