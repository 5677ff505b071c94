import type { FeatureMatrix } from '../core/features.js';
import { createFloat32RealFft512 } from './float32-real-fft.js';
import { float32Sum } from './float32-sum.js';
import { kaldiMelFilterbank } from './kaldi-mel-bands.js';
import { applyMelFilterbank } from './mel-filterbank.js';

/** The filter bank that ImageBind and AST ask torchaudio for (ImageBind 53680b0, imagebind/data.py, `waveform2melspec`). */
export const kaldiFrontEnd = {
  sampleRateHz: 16_000,
  fftSize: 512,
  windowSamples: 400,
  hopSamples: 160,
  melBands: 128,
  minHz: 20,
  maxHz: 8000,
} as const;

const { sampleRateHz, fftSize, windowSamples, hopSamples, melBands, minHz, maxHz } = kaldiFrontEnd;
const { fround } = Math;
const bins = fftSize / 2 + 1;
const preEmphasis = fround(0.97);
/** Smallest float32 above 0 after 1: `torch.finfo(torch.float).eps`. */
const lowestEnergy = 1.1920928955078125e-7;

/**
 * Kaldi's log-mel energies of mono sound at 16 kHz (torchaudio 2.5.1, compliance/kaldi.py, `fbank`): [1 + floor((samples - 400) / 160),
 * 128], no rows for less than a window. Each frame loses its mean, then is pre-emphasised with its first sample before it, then
 * takes a symmetric Hann window; power, natural logarithm of at least 1.19e-7. Up to the spectrum every step has the bits of the
 * official float32 code: sounds of few tones have bins that hold nothing but its rounding.
 */
export function kaldiFbank(mono: Float32Array): FeatureMatrix {
  const rows = mono.length < windowSamples ? 0 : 1 + Math.floor((mono.length - windowSamples) / hopSamples);
  const data = new Float32Array(rows * melBands);
  const filterbank = kaldiMelFilterbank({ sampleRateHz, fftSize, bandCount: melBands, minHz, maxHz });
  const [fft, window] = [createFloat32RealFft512(), float32Hann()];
  const framed = new Float64Array(fftSize);
  const [re, im] = [new Float64Array(bins), new Float64Array(bins)];
  const mels = new Float64Array(melBands);
  for (let row = 0; row < rows; row++) {
    const start = row * hopSamples;
    const mean = fround(float32Sum(mono.subarray(start, start + windowSamples)) / windowSamples);
    let before = fround(mono[start]! - mean);
    for (let n = 0; n < windowSamples; n++) {
      const sample = fround(mono[start + n]! - mean);
      framed[n] = fround(window[n]! * fround(sample - fround(preEmphasis * before)));
      before = sample;
    }
    fft.transform(framed, re, im);
    for (let bin = 0; bin < bins; bin++) re[bin] = re[bin]! * re[bin]! + im[bin]! * im[bin]!;
    applyMelFilterbank(filterbank, re, mels);
    for (let band = 0; band < melBands; band++)
      data[row * melBands + band] = Math.log(Math.max(lowestEnergy, mels[band]!));
  }
  return { rows, columns: melBands, data };
}

/** `torch.hann_window(400, periodic=False)`: every step in float32, which leaves it up to 3e-7 off. */
function float32Hann(): Float32Array {
  const step = fround((2 * Math.PI) / (windowSamples - 1));
  return Float32Array.from({ length: windowSamples }, (_, n) => 0.5 - 0.5 * fround(Math.cos(fround(n * step))));
}
