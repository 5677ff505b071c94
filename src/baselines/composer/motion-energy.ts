import type { VideoProfile } from './video-profile.js';

/** The energy curve is sampled at this rate: finer than the 400 ms over which loudness is heard. */
export const energyRateHz = 20;

/** Standard deviation of the Gaussian that turns frame differences into a curve that a player could follow. */
const smoothingSeconds = 0.25;

/** Motion this small (a quarter of a grey level on average) is a still picture, however large it is relative to the rest. */
const stillness = 0.001;

/** Motion over time, 0 (the calmest of this video) to 1 (the liveliest), at `energyRateHz` from time 0. */
export interface MotionEnergy {
  readonly curve: Float64Array;
  /** Mean frame difference of the whole video, not relative: tells a calm video from a busy one. */
  readonly level: number;
}

/**
 * Smoothed frame difference in relative terms. The scale is logarithmic, as loudness is heard; a video whose motion
 * never changes gives a flat curve of 0.5, and a still one a flat curve of 0.
 */
export function motionEnergy(profile: VideoProfile, durationSeconds: number): MotionEnergy {
  const sampleCount = Math.max(1, Math.ceil(durationSeconds * energyRateHz) + 1);
  const smooth = smoothed(gridded(profile, sampleCount));
  const level = mean(profile.difference);
  return { curve: relative(smooth), level };
}

/** Value of the energy curve at a time, linear between samples and held at the ends. */
export function energyAt(energy: MotionEnergy, timeSeconds: number): number {
  const last = energy.curve.length - 1;
  const position = Math.min(last, Math.max(0, timeSeconds * energyRateHz));
  const left = Math.floor(position);
  const right = Math.min(last, left + 1);
  return energy.curve[left]! + (energy.curve[right]! - energy.curve[left]!) * (position - left);
}

/** Mean energy between two times. */
export function meanEnergy(energy: MotionEnergy, { from, to }: { from: number; to: number }): number {
  const first = Math.min(energy.curve.length - 1, Math.max(0, Math.round(from * energyRateHz)));
  const end = Math.max(first + 1, Math.min(energy.curve.length, Math.round(to * energyRateHz)));
  return mean(energy.curve.subarray(first, end));
}

/** Mean frame difference in each grid cell; a cell between two frames of a slow video holds the frame before it. */
function gridded(profile: VideoProfile, sampleCount: number): Float64Array {
  const sums = new Float64Array(sampleCount);
  const counts = new Float64Array(sampleCount);
  profile.timeSeconds.forEach((time, frame) => {
    const cell = Math.min(sampleCount - 1, Math.max(0, Math.floor(time * energyRateHz)));
    sums[cell]! += profile.difference[frame]!;
    counts[cell]!++;
  });
  for (let cell = 0, held = 0; cell < sampleCount; cell++) {
    if (counts[cell]! > 0) held = sums[cell]! / counts[cell]!;
    sums[cell] = held;
  }
  return sums;
}

function smoothed(values: Float64Array): Float64Array {
  const sigma = smoothingSeconds * energyRateHz;
  const reach = Math.ceil(3 * sigma);
  return values.map((_, centre) => {
    let sum = 0;
    let weights = 0;
    for (let at = Math.max(0, centre - reach); at <= Math.min(values.length - 1, centre + reach); at++) {
      const weight = Math.exp(-(((at - centre) / sigma) ** 2) / 2);
      sum += weight * values[at]!;
      weights += weight;
    }
    return sum / weights;
  });
}

function relative(values: Float64Array): Float64Array {
  const logs = values.map((value) => Math.log(Math.max(value, stillness)));
  const lowest = logs.reduce((a, b) => Math.min(a, b));
  const highest = logs.reduce((a, b) => Math.max(a, b));
  const flat = highest <= Math.log(stillness) ? 0 : 0.5;
  const range = highest - lowest;
  return range < 0.05 ? logs.fill(flat) : logs.map((log) => (log - lowest) / range);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
