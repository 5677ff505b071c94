import type { FeatureMatrix } from '../../core/features.js';
import { failed, type Outcome, ok, skipped } from '../../core/outcome.js';
import { nonFiniteRow } from '../../linalg/matrix.js';
import { frameOf } from './aligned-frames.js';

/**
 * The mean of the rows, each scaled to length 1 before, scaled to length 1 itself: every window counts alike. `name` says in messages
 * whose they are. Skipped without rows; failed for values that are not finite and for vectors that are zero, which have no direction.
 */
export function meanDirection(matrix: FeatureMatrix, name: string): Outcome<Float64Array> {
  if (matrix.rows === 0) return skipped(`${name} has no embedding`);
  const badRow = nonFiniteRow(matrix);
  if (badRow !== undefined) return failed('not-finite', `row ${badRow} of ${name} holds a value that is not finite`);
  const sum = new Float64Array(matrix.columns);
  for (let row = 0; row < matrix.rows; row++) {
    const vector = frameOf(matrix, row);
    const length = Math.hypot(...vector);
    if (length === 0) return failed('zero-embedding', `row ${row} of ${name} is zero, which has no direction`);
    vector.forEach((value, column) => {
      sum[column]! += value / length;
    });
  }
  const length = Math.hypot(...sum);
  // Opposite windows cancel but for rounding.
  if (length < 1e-9 * matrix.rows) return failed('zero-embedding', `the windows of ${name} cancel each other`);
  return ok(sum.map((value) => value / length));
}

/** Cosine of the mean directions of two sets of rows, -1 to 1. Refuses as `meanDirection` does, and vectors of different length. */
export function directionCosine(
  audio: FeatureMatrix,
  { target, targetName }: { readonly target: FeatureMatrix; readonly targetName: string },
): Outcome<number> {
  if (audio.columns !== target.columns)
    return failed('dimensions-differ', `the music has ${audio.columns} values, ${targetName} ${target.columns}`);
  const music = meanDirection(audio, 'the music');
  if (music.status !== 'ok') return music;
  const other = meanDirection(target, targetName);
  if (other.status !== 'ok') return other;
  const cosine = music.value.reduce((sum, value, index) => sum + value * other.value[index]!, 0);
  return ok(Math.min(1, Math.max(-1, cosine)));
}
