import type { FeatureMatrix } from '../../core/features.js';
import { failed, type Outcome, ok, skipped } from '../../core/outcome.js';
import { nonFiniteRow } from '../../linalg/matrix.js';

/**
 * How many frames music and reference have in common, from the start; what one has more is left out. Skipped without any; failed for other
 * numbers of columns than `columns` and values that are not finite.
 */
export function commonFrames(
  { music, reference }: { readonly music: FeatureMatrix; readonly reference: FeatureMatrix },
  columns: number,
): Outcome<number> {
  for (const [name, matrix] of Object.entries({ music, reference })) {
    if (matrix.columns !== columns)
      return failed('dimensions-differ', `the ${name} has ${matrix.columns} columns, not ${columns}`);
    if (matrix.rows === 0) return skipped(`the ${name} has no frames`);
    const badRow = nonFiniteRow(matrix);
    if (badRow !== undefined)
      return failed('not-finite', `frame ${badRow} of the ${name} holds a value that is not finite`);
  }
  return ok(Math.min(music.rows, reference.rows));
}

/** One frame of a matrix. */
export function frameOf({ columns, data }: FeatureMatrix, frame: number): Float32Array {
  return data.subarray(frame * columns, (frame + 1) * columns);
}

/** The same frames moved on by `fraction` of their number; what leaves at the end comes in at the start. */
export function rotateFrames({ rows, columns, data }: FeatureMatrix, fraction: number): FeatureMatrix {
  const shift = columns * (Math.round(fraction * rows) % Math.max(1, rows));
  const rotated = new Float32Array(data.length);
  rotated.set(data.subarray(0, data.length - shift), shift);
  rotated.set(data.subarray(data.length - shift), 0);
  return { rows, columns, data: rotated };
}
