import type { FeatureMatrix } from '../core/features.js';

/** The rows of all matrices below each other. All must be equally wide; needs at least one. */
export function concatRows(matrices: readonly FeatureMatrix[]): FeatureMatrix {
  const [first] = matrices;
  if (first === undefined) throw new RangeError('nothing to put together');
  if (matrices.length === 1) return first;
  const rows = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  const data = new Float32Array(rows * first.columns);
  let offset = 0;
  for (const matrix of matrices) {
    if (matrix.columns !== first.columns) {
      throw new RangeError(`features are ${matrix.columns} and ${first.columns} wide`);
    }
    data.set(matrix.data.subarray(0, matrix.rows * matrix.columns), offset);
    offset += matrix.rows * matrix.columns;
  }
  return { rows, columns: first.columns, data };
}

/** Rows `start` up to, but without, `end`. Shares the memory of `matrix`. */
export function sliceRows(
  matrix: FeatureMatrix,
  range: { readonly start: number; readonly end: number },
): FeatureMatrix {
  const { columns } = matrix;
  const data = matrix.data.subarray(range.start * columns, range.end * columns);
  return { rows: range.end - range.start, columns, data };
}
