import { decibelsOf, type MelSpectrogram, melPowerSpectrogram } from './mel-spectrogram.js';
import { firstNonFiniteIndex } from './mono.js';
import { type PeakPicking, pickPeaks } from './peak-picking.js';

const fftSize = 2048;

/** A frame of onset strength each so many samples. */
export const onsetHopSamples = 512;
const bandCount = 128;

/** The flux between two frames is shown this late: one frame of lag, and half a window of 2048 in hops of 512. */
const delayFrames = 1 + fftSize / (2 * onsetHopSamples);

export interface OnsetStrengthOptions {
  readonly sampleRateHz: number;
  /** How the bands' rises become one value: their mean, or their median, which single loud bands do not move. */
  readonly combineBands?: 'mean' | 'median';
}

export interface OnsetOptions {
  readonly sampleRateHz: number;
  /** Single values replace librosa's, which depend on the sampling rate: see `librosaPeakPicking`. */
  readonly peakPicking?: Partial<PeakPicking>;
}

/**
 * How much louder the mel bands get from frame to frame (half-wave rectified spectral flux, mean over 128 bands, in dB): one
 * value for each 512 samples, `1 + floor(samples / 512)` in all. Same values as `librosa.onset.onset_strength` 0.11 with its
 * defaults; with the median as its beat tracker takes it (Böck and Widmer, "Maximum filter vibrato suppression for onset detection", DAFx 2013, without the filter).
 * RangeError for empty sound and for NaN or infinite samples.
 */
export function onsetStrength(
  mono: Float32Array,
  { sampleRateHz, combineBands = 'mean' }: OnsetStrengthOptions,
): Float64Array {
  if (mono.length === 0) throw new RangeError('onsets need at least one sample, got an empty signal');
  const broken = firstNonFiniteIndex(mono);
  if (broken >= 0) throw new RangeError(`onsets need finite samples, got ${mono[broken]} at sample ${broken}`);
  const power = melPowerSpectrogram(mono, { sampleRateHz, fftSize, hopSamples: onsetHopSamples, bandCount });
  return spectralFlux(decibelsOf(power, { lowestPower: 1e-10, rangeDb: 80 }), combineBands === 'mean' ? mean : median);
}

/**
 * Times in seconds at which notes or strokes begin, ascending: peaks of the onset strength after scaling it to [0, 1]. Same as
 * `librosa.onset.onset_detect(units='time')` 0.11. Because of the scaling a steady sound has onsets as well, at its faintest
 * ripples; digital silence has none. RangeError as `onsetStrength`.
 */
export function detectOnsets(mono: Float32Array, { sampleRateHz, peakPicking }: OnsetOptions): Float64Array {
  const strength = scaledToUnit(onsetStrength(mono, { sampleRateHz }));
  if (strength.every((value) => value === 0)) return new Float64Array(0);
  const frames = pickPeaks(strength, { ...librosaPeakPicking(sampleRateHz), ...peakPicking });
  return Float64Array.from(frames, (frame) => (frame * onsetHopSamples) / sampleRateHz);
}

/** The defaults of `librosa.onset.onset_detect` in frames: 30 ms and 100 ms, rounded down. */
export function librosaPeakPicking(sampleRateHz: number): PeakPicking {
  const framesIn = (seconds: number): number => Math.floor((seconds * sampleRateHz) / onsetHopSamples);
  return {
    preMax: framesIn(0.03),
    postMax: 1,
    preAverage: framesIn(0.1),
    postAverage: framesIn(0.1) + 1,
    delta: 0.07,
    wait: framesIn(0.03),
  };
}

function spectralFlux({ frames, bands, data }: MelSpectrogram, combine: (rises: Float64Array) => number): Float64Array {
  const flux = new Float64Array(frames);
  const rises = new Float64Array(bands);
  for (let frame = delayFrames; frame < frames; frame++) {
    const now = (frame - delayFrames + 1) * bands;
    for (let band = 0; band < bands; band++) rises[band] = Math.max(0, data[now + band]! - data[now - bands + band]!);
    flux[frame] = combine(rises);
  }
  return flux;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

/** Sorts the values where they are. */
function median(values: Float64Array): number {
  values.sort();
  const half = values.length / 2;
  return (values[Math.ceil(half) - 1]! + values[Math.floor(half)]!) / 2;
}

function scaledToUnit(values: Float64Array): Float64Array {
  const lowest = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const range = values.reduce((most, value) => Math.max(most, value - lowest), 0);
  return range === 0 ? new Float64Array(values.length) : values.map((value) => (value - lowest) / range);
}
