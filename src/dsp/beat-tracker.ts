import { type Outcome, ok, skipped } from '../core/outcome.js';
import { onsetHopSamples, onsetStrength } from './onsets.js';
import { roundHalfToEven } from './round-half-even.js';
import { estimateTempo } from './tempo.js';

export interface BeatTrackingOptions {
  readonly framesPerSecond: number;
  /** How dear it is to leave the tempo: the weight of the squared logarithm of the interval over the period. */
  readonly tightness?: number;
  /** Whether weak beats before the first and after the last strong one are left out. */
  readonly trim?: boolean;
}

export interface BeatTrack {
  readonly tempoBpm: number;
  /** Ascending. */
  readonly frames: readonly number[];
}

/**
 * Beats of an onset strength at one tempo, by dynamic programming: the sequence of frames with the largest sum of
 * smoothed strength less the cost of uneven intervals (Ellis, "Beat tracking by dynamic programming", Journal of New Music
 * Research 36:51, 2007; constants and edges as `librosa.beat.beat_track` 0.11). Not defined for a curve without any onset.
 */
export function trackBeats(strength: Float64Array, options: BeatTrackingOptions): Outcome<BeatTrack> {
  const { framesPerSecond, tightness = 100, trim = true } = options;
  if (strength.every((value) => value === 0)) return skipped('no onset at all: there is no tempo and no beat');
  const tempoBpm = estimateTempo(strength, { framesPerSecond });
  const period = roundHalfToEven((framesPerSecond * 60) / tempoBpm);
  const scores = smoothed(scaledByDeviation(strength), period);
  const { links, sums } = linkBeats(scores, { period, tightness });
  const beats: number[] = [];
  for (let frame = lastBeat(sums); frame >= 0; frame = links[frame]!) beats.unshift(frame);
  return ok({ tempoBpm, frames: withoutWeakEnds(beats, { scores, trim }) });
}

/**
 * Tempo and beat times in seconds of mono sound: `trackBeats` on the median onset strength, as `librosa.beat.beat_track(y)`.
 * RangeError as `onsetStrength`.
 */
export function detectBeats(
  mono: Float32Array,
  { sampleRateHz }: { readonly sampleRateHz: number },
): Outcome<{ readonly tempoBpm: number; readonly timesSeconds: Float64Array }> {
  const framesPerSecond = sampleRateHz / onsetHopSamples;
  const track = trackBeats(onsetStrength(mono, { sampleRateHz, combineBands: 'median' }), { framesPerSecond });
  if (track.status !== 'ok') return track;
  const { tempoBpm, frames } = track.value;
  return ok({ tempoBpm, timesSeconds: Float64Array.from(frames, (frame) => frame / framesPerSecond) });
}

function scaledByDeviation(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return deviation > 0 ? values.map((value) => value / deviation) : values;
}

/** Convolved with a Gaussian of 1/32 of the period; the first frame's own strength does not count, as in the original. */
function smoothed(values: Float64Array, period: number): Float64Array {
  const window = Float64Array.from({ length: 2 * period + 1 }, (_, place) =>
    Math.exp(-0.5 * (((place - period) * 32) / period) ** 2),
  );
  return values.map((_, frame) => {
    let sum = 0;
    const last = Math.min(values.length - 1, frame + period);
    for (let other = Math.max(1, frame - period); other <= last; other++) {
      sum += window[frame - other + period]! * values[other]!;
    }
    return sum;
  });
}

interface BeatLinks {
  /** The beat before, if this frame is a beat; -1 for none. */
  readonly links: Int32Array;
  /** The best sum of a sequence that ends here. */
  readonly sums: Float64Array;
}

function linkBeats(
  scores: Float64Array,
  { period, tightness }: { readonly period: number; readonly tightness: number },
): BeatLinks {
  const links = new Int32Array(scores.length).fill(-1);
  const sums = Float64Array.from(scores);
  const leastFirst = 0.01 * scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const nearest = roundHalfToEven(period / 2);
  let hasBegun = false;
  for (let frame = 0; frame < scores.length; frame++) {
    let [best, before] = [Number.NEGATIVE_INFINITY, -1];
    for (let interval = Math.max(1, nearest); interval <= Math.min(2 * period, frame); interval++) {
      const sum = sums[frame - interval]! - tightness * (Math.log(interval) - Math.log(period)) ** 2;
      if (sum > best) [best, before] = [sum, frame - interval];
    }
    if (before >= 0) sums[frame] = scores[frame]! + best;
    if (!hasBegun && scores[frame]! < leastFirst) continue;
    links[frame] = before;
    hasBegun = true;
  }
  return { links, sums };
}

/** The last peak of the sums that reaches half of the median peak; the last frame where there is none. */
function lastBeat(sums: Float64Array): number {
  const isPeak = (frame: number): boolean =>
    frame > 0 && sums[frame]! > sums[frame - 1]! && sums[frame]! >= (sums[frame + 1] ?? Number.NEGATIVE_INFINITY);
  const peaks = Array.from(sums.keys()).filter(isPeak);
  const heights = peaks.map((frame) => sums[frame]!).sort((a, b) => a - b);
  const half = heights.length / 2;
  const median = (heights[Math.ceil(half) - 1]! + heights[Math.floor(half)]!) / 2;
  return peaks.findLast((frame) => sums[frame]! >= median / 2) ?? sums.length - 1;
}

/** Beats before the first and after the last frame with a score above half of the beats' root mean square (trimmed) or 0. */
function withoutWeakEnds(
  beats: readonly number[],
  { scores, trim }: { readonly scores: Float64Array; readonly trim: boolean },
): number[] {
  const threshold = trim ? 0.5 * rootMeanSquare(blurred(beats.map((frame) => scores[frame]!))) : 0;
  const first = scores.findIndex((score) => score > threshold);
  const last = scores.findLastIndex((score) => score > threshold);
  return beats.filter((frame) => first >= 0 && frame >= first && frame <= last);
}

/** Convolved with a Hann window of five values, 0 ½ 1 ½ 0; no longer than the full convolution less its first two values. */
function blurred(values: readonly number[]): number[] {
  const at = (index: number): number => values[index] ?? 0;
  return Array.from({ length: values.length + 2 }, (_, index) => at(index) + (at(index - 1) + at(index + 1)) / 2);
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
