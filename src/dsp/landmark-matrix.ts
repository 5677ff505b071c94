import type { FeatureMatrix } from '../core/features.js';
import { type Landmarks, landmarkRateHz } from './landmarks.js';

/** Key, frame, samples of the sound at 8 kHz, number of the landmark in its sound. */
export const landmarkColumns = 4;

/** Whole numbers up to here are exact as float32. */
const largestExact = 2 ** 24;

/**
 * Landmarks as a matrix, one row a landmark: all numbers are whole and below 2^24, so float32 holds them exactly; sound of more than 35
 * minutes is refused with a RangeError. The last column tells where a sound begins when several stand below each other.
 */
export function landmarksToMatrix({ keys, frames, durationSeconds }: Landmarks): FeatureMatrix {
  const samples = Math.round(durationSeconds * landmarkRateHz);
  if (samples > largestExact) throw new RangeError(`landmarks are kept of at most ${largestExact} samples`);
  const data = new Float32Array(landmarkColumns * keys.length);
  keys.forEach((key, at) => {
    data.set([key, frames[at]!, samples, at], landmarkColumns * at);
  });
  return { rows: keys.length, columns: landmarkColumns, data };
}

/** The sounds of a matrix that `landmarksToMatrix` made, or of several below each other (the seeds of a clip). */
export function landmarksOfMatrix({ rows, data }: FeatureMatrix): Landmarks[] {
  const starts = [...Array(rows).keys()].filter((row) => row === 0 || numberOf(data, row) <= numberOf(data, row - 1));
  return starts.map((start, sound) => {
    const count = (starts[sound + 1] ?? rows) - start;
    const column = (index: number): Int32Array =>
      Int32Array.from({ length: count }, (_, at) => data[landmarkColumns * (start + at) + index]!);
    return {
      keys: column(0),
      frames: column(1),
      durationSeconds: data[landmarkColumns * start + 2]! / landmarkRateHz,
    };
  });
}

function numberOf(data: Float32Array, row: number): number {
  return data[landmarkColumns * row + 3]!;
}
