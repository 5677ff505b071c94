import type { FeatureMatrix } from '../../core/features.js';

/**
 * Means of as many frames as a second has, rounded down, one after the other; the rest is left out, and less than a second has no row (kadtk
 * 8bda71d, model_loader.py, `postprocess_resoultion`). `seconds` is the length of the sound that all frames are of.
 */
export function meansOfSeconds({ rows, columns, data }: FeatureMatrix, seconds: number): FeatureMatrix {
  const frames = Math.floor(rows / seconds);
  const count = frames === 0 ? 0 : Math.floor(rows / frames);
  const means = new Float32Array(count * columns);
  for (let index = 0; index < means.length; index++) {
    const first = Math.floor(index / columns) * frames * columns + (index % columns);
    let sum = 0;
    for (let frame = 0; frame < frames; frame++) sum += data[first + frame * columns]!;
    means[index] = sum / frames;
  }
  return { rows: count, columns, data: means };
}
