/** All lengths in frames. */
export interface PeakPicking {
  /** A peak is the largest value from `preMax` frames before it to `postMax - 1` frames after it. */
  readonly preMax: number;
  readonly postMax: number;
  /** It exceeds by `delta` the mean from `preAverage` frames before it to `postAverage - 1` frames after it. */
  readonly preAverage: number;
  readonly postAverage: number;
  readonly delta: number;
  /** So many frames after a peak are passed over. */
  readonly wait: number;
}

/**
 * Indices of the peaks of a curve, ascending, found greedily from the left (Böck, Krebs and Schedl, "Evaluating the online
 * capabilities of onset detection methods", ISMIR 2012; the rule of `librosa.util.peak_pick`).
 */
export function pickPeaks(curve: Float64Array, picking: PeakPicking): number[] {
  const { preMax, postMax, preAverage, postAverage, delta, wait } = picking;
  const peaks: number[] = [];
  for (let index = 0; index < curve.length; index++) {
    const value = curve[index]!;
    if (value < largest(curve.subarray(Math.max(0, index - preMax), index + postMax))) continue;
    if (value < mean(curve.subarray(Math.max(0, index - preAverage), index + postAverage)) + delta) continue;
    peaks.push(index);
    index += wait;
  }
  return peaks;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
