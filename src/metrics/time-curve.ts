import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { nonFiniteRow } from '../linalg/matrix.js';

/** Values over time: the two columns of a curve feature. */
export interface TimeCurve {
  /** Ascending. */
  readonly timesSeconds: Float64Array;
  readonly values: Float64Array;
  readonly stepSeconds: number;
}

/**
 * Reads a `[time in seconds, value]` matrix. `name` says in messages which curve it is. Skipped below three rows (peaks and
 * rates need neighbours); failed when a value is not finite or time does not ascend.
 */
export function timeCurve(matrix: FeatureMatrix, name: string): Outcome<TimeCurve> {
  if (matrix.columns !== 2) return failed('dimensions-differ', `${name} has ${matrix.columns} columns, not 2`);
  if (matrix.rows < 3) return skipped(`${name} has ${matrix.rows} points, needs at least 3`);
  const badRow = nonFiniteRow(matrix);
  if (badRow !== undefined) return failed('not-finite', `row ${badRow} of ${name} holds a value that is not finite`);
  const timesSeconds = columnOf(matrix, 0);
  const disorder = timesSeconds.findIndex((time, row) => row > 0 && time <= timesSeconds[row - 1]!);
  if (disorder > 0) return failed('time-not-ascending', `the times of ${name} do not ascend at row ${disorder}`);
  const stepSeconds = (timesSeconds[matrix.rows - 1]! - timesSeconds[0]!) / (matrix.rows - 1);
  return ok({ timesSeconds, values: columnOf(matrix, 1), stepSeconds });
}

export function columnOf({ rows, columns, data }: FeatureMatrix, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => data[row * columns + column]!);
}

/** The same curve with its values moved on by `fraction` of its length; what leaves at the end comes in at the start. */
export function rotateValues(curve: FeatureMatrix, fraction: number): FeatureMatrix {
  const { rows, columns, data } = curve;
  const shift = Math.round(fraction * rows);
  const rotated = data.slice();
  for (let row = 0; row < rows; row++) {
    rotated[((row + shift) % rows) * columns + 1] = data[row * columns + 1]!;
  }
  return { rows, columns, data: rotated };
}
