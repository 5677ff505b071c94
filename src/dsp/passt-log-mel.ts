import type { FeatureMatrix } from '../core/features.js';
import { createRealFft } from './fft.js';
import { kaldiMelFilterbank } from './kaldi-mel-bands.js';
import { applyMelFilterbank } from './mel-filterbank.js';
import { reflected } from './reflected.js';
import { symmetricHann } from './window.js';

/** Constants of PaSST in evaluation (Koutini et al. 2022, arXiv:2110.05069; hear21passt 5f1cce6, base.py and models/preprocess.py). */
export const passtFrontEnd = {
  sampleRateHz: 32_000,
  fftSize: 1024,
  windowSamples: 800,
  hopSamples: 320,
  melBands: 128,
  minHz: 0,
  maxHz: 15_000,
} as const;

const { sampleRateHz, fftSize, windowSamples, hopSamples, melBands, minHz, maxHz } = passtFrontEnd;
const bins = fftSize / 2 + 1;
const preEmphasis = 0.97;
const logOffset = 1e-5;

/** The shortest sound: one sample goes to the pre-emphasis, and reflection needs more than half a window of the rest. */
export const passtShortestSamples: number = fftSize / 2 + 2;

/**
 * Normalised log-mel spectrogram of mono sound at 32 kHz, band-major: [128, 1 + floor((samples - 1) / 320)]. Pre-emphasis, which
 * takes one sample; symmetric Hann of 800 in the middle of 1024, sound mirrored at its ends, power, Kaldi's mel bands up to
 * 15 kHz, (ln(x + 1e-5) + 4.5) / 5. Throws a RangeError for less than `passtShortestSamples`.
 */
export function passtLogMel(mono: Float32Array): FeatureMatrix {
  if (mono.length < passtShortestSamples) {
    throw new RangeError(`reflection needs at least ${passtShortestSamples} samples, got ${mono.length}`);
  }
  const emphasised = preEmphasised(mono);
  const columns = 1 + Math.floor(emphasised.length / hopSamples);
  const data = new Float32Array(melBands * columns);
  const filterbank = kaldiMelFilterbank({ sampleRateHz, fftSize, bandCount: melBands, minHz, maxHz });
  const [fft, window] = [createRealFft(fftSize), symmetricHann(windowSamples)];
  const framed = new Float64Array(fftSize);
  const [re, im] = [new Float64Array(bins), new Float64Array(bins)];
  const mels = new Float64Array(melBands);
  const edge = (fftSize - windowSamples) / 2;
  for (let column = 0; column < columns; column++) {
    const start = column * hopSamples - windowSamples / 2;
    for (let n = 0; n < windowSamples; n++) framed[edge + n] = window[n]! * reflected(emphasised, start + n);
    fft.transform(framed, re, im);
    for (let bin = 0; bin < bins; bin++) re[bin] = re[bin]! * re[bin]! + im[bin]! * im[bin]!;
    applyMelFilterbank(filterbank, re, mels);
    for (let band = 0; band < melBands; band++) {
      data[band * columns + column] = (Math.log(mels[band]! + logOffset) + 4.5) / 5;
    }
  }
  return { rows: melBands, columns, data };
}

function preEmphasised(mono: Float32Array): Float32Array {
  return Float32Array.from({ length: mono.length - 1 }, (_, n) => mono[n + 1]! - preEmphasis * mono[n]!);
}
