import type { FeatureMatrix } from '../../core/features.js';
import { type Failed, failed } from '../../core/outcome.js';
import { landmarkColumns } from '../../dsp/landmark-matrix.js';
import { nonFiniteRow } from '../../linalg/matrix.js';

/** Why a matrix cannot hold landmarks; undefined where it can, and where it has none. `name` says in messages whose it is. */
export function landmarkProblem(matrix: FeatureMatrix, name: string): Failed | undefined {
  if (matrix.columns !== landmarkColumns)
    return failed('dimensions-differ', `${name} has landmarks of ${matrix.columns} columns, not ${landmarkColumns}`);
  const badRow = nonFiniteRow(matrix);
  if (badRow === undefined) return undefined;
  return failed('not-finite', `landmark ${badRow} of ${name} holds a value that is not finite`);
}
