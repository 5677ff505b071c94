import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { type Matrix, type NumericMatrix, nonFiniteRow, zeros } from '../linalg/matrix.js';

/** The features of the clips of one set, one matrix a clip, and what messages call the set. */
export interface ClipSet {
  readonly clips: readonly FeatureMatrix[];
  readonly name: 'system' | 'reference' | 'video';
}

/** All windows of all clips under each other. Refuses as `checkClips` does. */
export function pooledWindows(set: ClipSet): Outcome<NumericMatrix> {
  const columns = checkClips(set);
  if (columns.status !== 'ok') return columns;
  const rows = set.clips.reduce((sum, clip) => sum + clip.rows, 0);
  const data = new Float32Array(rows * columns.value);
  let at = 0;
  for (const clip of set.clips) {
    data.set(clip.data, at);
    at += clip.data.length;
  }
  return ok({ rows, columns: columns.value, data });
}

/** All windows of both sets. Refuses as `checkClips` does, the system first. */
export function pooledSets(
  system: readonly FeatureMatrix[],
  reference: readonly FeatureMatrix[],
): Outcome<{ readonly generated: NumericMatrix; readonly real: NumericMatrix }> {
  const generated = pooledWindows({ clips: system, name: 'system' });
  if (generated.status !== 'ok') return generated;
  const real = pooledWindows({ clips: reference, name: 'reference' });
  return real.status === 'ok' ? ok({ generated: generated.value, real: real.value }) : real;
}

/**
 * One row a clip: the mean over its windows. For metrics of nearest neighbours, where the windows of one clip would be each
 * other's. Refuses as `checkClips` does.
 */
export function clipMeans(set: ClipSet): Outcome<Matrix> {
  const columns = checkClips(set);
  if (columns.status !== 'ok') return columns;
  const means = zeros(set.clips.length, columns.value);
  set.clips.forEach((clip, index) => {
    means.data.set(meanRow(clip), index * columns.value);
  });
  return ok(means);
}

/** Mean of each column, accumulated in float64. Needs at least one row. */
export function meanRow({ rows, columns, data }: NumericMatrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) mean[column]! += data[row * columns + column]!;
  }
  return mean.map((sum) => sum / rows);
}

/** The number of columns that all clips share; refuses a set or clip without rows, unequal columns and values that are not finite. */
export function checkClips({ clips, name }: ClipSet): Outcome<number> {
  const columns = clips[0]?.columns;
  if (columns === undefined) return skipped(`the ${name} set has no clips`);
  for (const [index, clip] of clips.entries()) {
    if (clip.rows === 0) return failed('no-windows', `clip ${index} of the ${name} set has no windows`);
    if (clip.columns !== columns) {
      return failed(
        'dimensions-differ',
        `clip ${index} of the ${name} set has ${clip.columns} columns, not ${columns}`,
      );
    }
    const badRow = nonFiniteRow(clip);
    if (badRow !== undefined) {
      return failed(
        'not-finite',
        `window ${badRow} of clip ${index} of the ${name} set holds a value that is not finite`,
      );
    }
  }
  return ok(columns);
}
