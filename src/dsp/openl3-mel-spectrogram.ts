import type { FeatureMatrix } from '../core/features.js';
import type { WindowPlan } from '../core/protocol.js';
import { createRealFft } from './fft.js';
import { applyMelFilterbank, slaneyMelFilterbank } from './mel-filterbank.js';
import { soundWindows } from './sound-windows.js';
import { periodicHann } from './window.js';

/** Constants of OpenL3 (Cramer et al. 2019, ICASSP; openl3 b0bf9b6, core.py and models.py; kapre ae8f507, composed.py). */
export const openl3FrontEnd = {
  sampleRateHz: 48_000,
  windowSamples: 48_000,
  /** Between windows: both tools that measure distances ask for half a second; openl3's own default is a tenth. */
  hopSamples: 24_000,
  fftSize: 2048,
  frameHopSamples: 242,
  /** In one window: the last ones reach beyond it, where zeros stand. */
  frames: 199,
} as const;

const { sampleRateHz, windowSamples, hopSamples, fftSize, frameHopSamples, frames } = openl3FrontEnd;
const bins = fftSize / 2 + 1;
const lowestMagnitude = 1e-10;
const rangeDb = 80;

/** A window begins where the one before has not reached the end; the last is filled up with zeros (core.py, `_pad_audio`). */
const plan: WindowPlan = {
  ...{ windowSamples, hopSamples, take: 'all', tail: 'zero-pad' },
  ...{ shortestTailSamples: windowSamples - hopSamples + 1, short: 'zero-pad' },
};

/** Windows of 1 s every 0.5 s of mono sound at 48 kHz, the first centred on its first sample: half a window of zeros stands in front. */
export function openl3Windows(mono: Float32Array): Float32Array[] {
  const centred = new Float32Array(windowSamples / 2 + mono.length);
  centred.set(mono, windowSamples / 2);
  return soundWindows(centred, plan, windowSamples);
}

/**
 * Mel spectrogram of one window, [melBands, 199], in dB below its largest cell and at least -80. Frames begin at every 242 samples, with zeros behind the
 * window; periodic Hann, magnitude (not power), Slaney mels with Slaney norm up to 24 kHz, 10 log10 of at least 1e-10. A silent window is 0 dB throughout.
 */
export function openl3MelSpectrogram(window: Float32Array, melBands: number): FeatureMatrix {
  const data = new Float32Array(melBands * frames);
  const filterbank = slaneyMelFilterbank({
    sampleRateHz,
    fftSize,
    bandCount: melBands,
    minHz: 0,
    maxHz: sampleRateHz / 2,
  });
  const [fft, hann] = [createRealFft(fftSize), periodicHann(fftSize)];
  const framed = new Float64Array(fftSize);
  const [re, im, mels] = [new Float64Array(bins), new Float64Array(bins), new Float64Array(melBands)];
  const levels = new Float64Array(data.length);
  let loudest = Number.NEGATIVE_INFINITY;
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * frameHopSamples;
    const inside = Math.min(fftSize, windowSamples - start);
    for (let n = 0; n < inside; n++) framed[n] = hann[n]! * window[start + n]!;
    framed.fill(0, inside);
    fft.transform(framed, re, im);
    for (let bin = 0; bin < bins; bin++) re[bin] = Math.sqrt(re[bin]! * re[bin]! + im[bin]! * im[bin]!);
    applyMelFilterbank(filterbank, re, mels);
    for (let band = 0; band < melBands; band++) {
      const level = 10 * Math.log10(Math.max(lowestMagnitude, mels[band]!));
      levels[band * frames + frame] = level;
      loudest = Math.max(loudest, level);
    }
  }
  for (let cell = 0; cell < data.length; cell++) data[cell] = Math.max(-rangeDb, levels[cell]! - loudest);
  return { rows: melBands, columns: frames, data };
}
