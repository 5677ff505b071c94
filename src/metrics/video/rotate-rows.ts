import type { FeatureMatrix } from '../../core/features.js';

/** The same rows moved on by `fraction` of their number; what leaves at the end comes in at the start. For rows at equal steps of time. */
export function rotateRows({ rows, columns, data }: FeatureMatrix, fraction: number): FeatureMatrix {
  const shift = rows === 0 ? 0 : Math.round(fraction * rows) % rows;
  const rotated = new Float32Array(data.length);
  rotated.set(data.subarray(0, (rows - shift) * columns), shift * columns);
  rotated.set(data.subarray((rows - shift) * columns), 0);
  return { rows, columns, data: rotated };
}
