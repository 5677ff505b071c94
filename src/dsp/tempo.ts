import { periodicHann } from './window.js';

/** The tempogram looks at so many seconds at a time. */
const windowSeconds = 8;
const fastestBpm = 320;

export interface TempoOptions {
  readonly framesPerSecond: number;
  /** The tempo that is likeliest before anything is heard; one octave away counts as one standard deviation. */
  readonly startBpm?: number;
}

/**
 * One tempo for the whole curve, in beats per minute: the lag with the largest mean autocorrelation over windows of 8 s,
 * weighted by a log-normal prior around 120 bpm (Grosche, Müller and Kurth, "Cyclic tempogram", ICASSP 2010; Ellis 2007; the
 * rule of `librosa.feature.tempo` 0.11). Lags are whole frames, so tempi are `60 * framesPerSecond / lag`. A curve of zeros has no
 * tempo and gives the prior's. RangeError for fewer than 2 frames in a window.
 */
export function estimateTempo(curve: Float64Array, { framesPerSecond, startBpm = 120 }: TempoOptions): number {
  // Hops in 8 s, from whole samples as the original counts them.
  const lags = Math.floor(windowSeconds * framesPerSecond);
  if (lags < 2) throw new RangeError(`a tempo needs at least 2 frames in 8 s, got ${framesPerSecond} a second`);
  const strengths = meanAutocorrelation(curve, lags);
  let best = { score: Number.NEGATIVE_INFINITY, bpm: startBpm };
  for (let lag = 1; lag < lags; lag++) {
    const bpm = (60 * framesPerSecond) / lag;
    if (bpm >= fastestBpm) continue;
    const prior = -0.5 * (Math.log2(bpm) - Math.log2(startBpm)) ** 2;
    const score = Math.log1p(1e6 * strengths[lag]!) + prior;
    if (score > best.score) best = { score, bpm };
  }
  return best.bpm;
}

/** Autocorrelation by lag in Hann windows around each frame, each scaled to a largest value of 1; mean over the frames. */
function meanAutocorrelation(curve: Float64Array, lags: number): Float64Array {
  const padded = withRamps(curve, Math.floor(lags / 2));
  const window = periodicHann(lags);
  const windowed = new Float64Array(lags);
  const mean = new Float64Array(lags);
  for (let frame = 0; frame < curve.length; frame++) {
    for (let place = 0; place < lags; place++) windowed[place] = window[place]! * (padded[frame + place] ?? 0);
    const correlation = autocorrelation(windowed);
    const largest = correlation.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // Frames with nothing but silence around them stay 0.
    const scale = largest < 1e-37 ? 1 : 1 / largest;
    for (let lag = 0; lag < lags; lag++) mean[lag]! += (correlation[lag]! * scale) / curve.length;
  }
  return mean;
}

function autocorrelation(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let lag = 0; lag < values.length; lag++) {
    let sum = 0;
    for (let place = lag; place < values.length; place++) sum += values[place]! * values[place - lag]!;
    result[lag] = sum;
  }
  return result;
}

/** The curve with `width` frames before and after it that rise from 0 to its first value and fall from its last one. */
function withRamps(curve: Float64Array, width: number): Float64Array {
  const padded = new Float64Array(curve.length + 2 * width);
  padded.set(curve, width);
  for (let step = 0; step < width; step++) {
    padded[step] = (curve[0]! * step) / width;
    padded[padded.length - 1 - step] = (curve.at(-1)! * step) / width;
  }
  return padded;
}
