import { chromaFilterbank, pitchClasses } from './chroma-filterbank.js';
import { createRealFft } from './fft.js';
import { reflected } from './reflected.js';
import { periodicHann } from './window.js';

/** The values that audiocraft's metric and MusicGen's melody conditioner use. */
export const chromaFrontEnd = { sampleRateHz: 32000, windowSamples: 16384, hopSamples: 4096 } as const;

/** Frames whose strongest pitch class is weaker are not scaled up to 1; a sine of -94 dBFS gets there. */
const leastStrength = 1e-6;

const { sampleRateHz, windowSamples, hopSamples } = chromaFrontEnd;

/** Row-major [frames, 12], C first. */
export interface Chromagram {
  readonly frames: number;
  readonly data: Float32Array;
}

/**
 * Chromagram of mono sound at 32 kHz as audiocraft makes it (audiocraft/modules/chroma.py, ChromaExtractor, with the frames that
 * metrics/chroma_cosinesim.py counts: one for each 4096 samples or part of them): power spectrum of mirrored sound in a periodic Hann window
 * of 16384, divided by the window's energy, gathered into pitch classes, the strongest scaled to 1 unless it is below 1e-6.
 */
export function chromagram(mono: Float32Array): Chromagram {
  const frames = Math.ceil(mono.length / hopSamples);
  const sound = atLeastOneWindow(mono);
  const bins = windowSamples / 2 + 1;
  const filters = chromaFilterbank({ sampleRateHz, fftSize: windowSamples });
  const window = periodicHann(windowSamples);
  const windowEnergy = window.reduce((sum, value) => sum + value * value, 0);
  const fft = createRealFft(windowSamples);
  const input = new Float64Array(windowSamples);
  const [re, im] = [new Float64Array(bins), new Float64Array(bins)];
  const data = new Float32Array(frames * pitchClasses);
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * hopSamples - windowSamples / 2;
    for (let at = 0; at < windowSamples; at++) input[at] = reflected(sound, start + at) * window[at]!;
    fft.transform(input, re, im);
    for (let bin = 0; bin < bins; bin++) re[bin] = (re[bin]! ** 2 + im[bin]! ** 2) / windowEnergy;
    data.set(pitchStrengths(re, filters), frame * pitchClasses);
  }
  return { frames, data };
}

/** Shorter sound stands in the middle of silence. */
function atLeastOneWindow(mono: Float32Array): Float32Array {
  if (mono.length >= windowSamples) return mono;
  const sound = new Float32Array(windowSamples);
  sound.set(mono, Math.floor((windowSamples - mono.length) / 2));
  return sound;
}

function pitchStrengths(power: Float64Array, filters: Float64Array): Float64Array {
  const strengths = new Float64Array(pitchClasses);
  for (let pitch = 0; pitch < pitchClasses; pitch++) {
    let sum = 0;
    for (let bin = 0; bin < power.length; bin++) sum += filters[pitch * power.length + bin]! * power[bin]!;
    strengths[pitch] = sum;
  }
  const strongest = strengths.reduce((most, value) => Math.max(most, value), leastStrength);
  return strengths.map((value) => value / strongest);
}
