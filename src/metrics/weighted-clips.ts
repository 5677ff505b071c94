import { type Matrix, type NumericMatrix, rowOf, zeros } from '../linalg/matrix.js';
import { gramOfColumns } from '../linalg/product.js';
import { firstEqualRows } from './distinct-rows.js';

/** The windows of all clips of a set under each other, relative to their common mean, and sums over the windows of each clip. */
export interface PooledClips {
  readonly rows: Matrix;
  /** The common mean. */
  readonly offset: Float64Array;
  /** The clip of each row, and the first row of each clip (with one entry more than clips). */
  readonly clipOfRow: Int32Array;
  /** For each row the first one that is equal to it. */
  readonly firstEqual: Uint32Array;
  readonly firstRow: Int32Array;
  /** Sum of the rows of each clip, and of their squared lengths. */
  readonly sums: Matrix;
  readonly squares: Float64Array;
}

/** Needs at least one clip, equal columns and finite values. */
export function pooledClips(clips: readonly NumericMatrix[]): PooledClips {
  const columns = clips[0]!.columns;
  const firstRow = new Int32Array(clips.length + 1);
  clips.forEach((clip, index) => {
    firstRow[index + 1] = firstRow[index]! + clip.rows;
  });
  const rows = zeros(firstRow[clips.length]!, columns);
  clips.forEach((clip, index) => {
    rows.data.set(clip.data, firstRow[index]! * columns);
  });
  const firstEqual = firstEqualRows(rows);
  const offset = takeMeanOff(rows);
  const sums = zeros(clips.length, columns);
  const squares = new Float64Array(clips.length);
  const clipOfRow = new Int32Array(rows.rows);
  for (let clip = 0; clip < clips.length; clip++) {
    const sum = rowOf(sums, clip);
    for (let row = firstRow[clip]!; row < firstRow[clip + 1]!; row++) {
      clipOfRow[row] = clip;
      rowOf(rows, row).forEach((value, column) => {
        sum[column]! += value;
        squares[clip]! += value * value;
      });
    }
  }
  return { rows, offset, clipOfRow, firstEqual, firstRow, sums, squares };
}

function takeMeanOff(matrix: Matrix): Float64Array {
  const { rows, columns, data } = matrix;
  const mean = new Float64Array(columns);
  // Relative to the first row, so that a large common offset costs no digits.
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) mean[column]! += data[row * columns + column]! - data[column]!;
  }
  for (let column = 0; column < columns; column++) mean[column] = data[column]! + mean[column]! / rows;
  for (let index = 0; index < data.length; index++) data[index]! -= mean[index % columns]!;
  return mean;
}

/** What a set is when clip i counts `multiplicities[i]` times. */
export interface WeightedMoments {
  /** Windows, repeated ones counted. */
  readonly count: number;
  readonly mean: Float64Array;
  /** Mean relative to the mean of all clips counted once. */
  readonly shift: Float64Array;
  /** Trace of the covariance (n - 1). */
  readonly trace: number;
}

/** O(clips x columns). */
export function weightedMoments(clips: PooledClips, multiplicities: ArrayLike<number>): WeightedMoments {
  const { squares, firstRow, offset } = clips;
  const { data } = clips.sums;
  const shift = new Float64Array(offset.length);
  let count = 0;
  let square = 0;
  for (let clip = 0; clip < squares.length; clip++) {
    const times = multiplicities[clip]!;
    if (times === 0) continue;
    count += times * (firstRow[clip + 1]! - firstRow[clip]!);
    square += times * squares[clip]!;
    const at = clip * shift.length;
    for (let column = 0; column < shift.length; column++) shift[column]! += times * data[at + column]!;
  }
  for (let column = 0; column < shift.length; column++) shift[column]! /= count;
  const trace = (square - count * shift.reduce((sum, value) => sum + value * value, 0)) / (count - 1);
  return { count, shift, trace: Math.max(0, trace), mean: shift.map((value, column) => value + offset[column]!) };
}

/** Rows that count, and the square roots of how often. */
export interface CountedRows {
  readonly indices: Int32Array;
  readonly roots: Float64Array;
  /** How many of them differ from each other. */
  readonly distinct: number;
}

export function countedRows({ clipOfRow, firstEqual }: PooledClips, multiplicities: ArrayLike<number>): CountedRows {
  const indices = Int32Array.from(clipOfRow.keys()).filter((row) => multiplicities[clipOfRow[row]!]! > 0);
  return {
    indices,
    roots: Float64Array.from(indices, (row) => Math.sqrt(multiplicities[clipOfRow[row]!]!)),
    distinct: new Set(indices.map((row) => firstEqual[row]!)).size,
  };
}

/**
 * Σ w x xᵀ of rows that belong to clips, from the sum with all weights 1: only clips with another weight are visited, which for a
 * set without one of its clips is that clip alone. O(windows of those clips x columns²).
 */
export function weightedScatter(
  { rows, whole, clips }: { readonly rows: Matrix; readonly whole: Matrix; readonly clips: PooledClips },
  multiplicities: ArrayLike<number>,
): Matrix {
  const scatter = { ...whole, data: whole.data.slice() };
  for (const sign of [1, -1]) {
    const changed = Array.from(clips.clipOfRow.keys()).filter(
      (row) => sign * (multiplicities[clips.clipOfRow[row]!]! - 1) > 0,
    );
    if (changed.length === 0) continue;
    const scaled = zeros(changed.length, rows.columns);
    changed.forEach((row, index) => {
      const root = Math.sqrt(sign * (multiplicities[clips.clipOfRow[row]!]! - 1));
      scaled.data.set(
        rowOf(rows, row).map((value) => root * value),
        index * rows.columns,
      );
    });
    const part = gramOfColumns(scaled).data;
    for (let index = 0; index < part.length; index++) scatter.data[index]! += sign * part[index]!;
  }
  return scatter;
}
