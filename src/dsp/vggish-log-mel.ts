import type { FeatureMatrix } from '../core/features.js';
import { createRealFft } from './fft.js';
import { htkMel } from './kaldi-mel-bands.js';
import { applyMelFilterbank, type MelBand } from './mel-filterbank.js';
import { periodicHann } from './window.js';

/** Constants of VGGish (Hershey et al. 2017, arXiv:1609.09430; torchvggish, vggish_params.py). */
export const vggishFrontEnd = {
  sampleRateHz: 16_000,
  fftSize: 512,
  windowSamples: 400,
  hopSamples: 160,
  melBands: 64,
  minHz: 125,
  maxHz: 7500,
  /** An example is 0.96 s. */
  exampleFrames: 96,
} as const;

const { sampleRateHz, fftSize, windowSamples, hopSamples, melBands, minHz, maxHz, exampleFrames } = vggishFrontEnd;
const bins = fftSize / 2 + 1;
const logOffset = 0.01;

/**
 * Log-mel spectrogram of mono sound at 16 kHz: [1 + floor((samples - 400) / 160), 64], no rows for less than a window. Nothing is
 * padded; periodic Hann, magnitude (not power), HTK mels without norm, natural logarithm of the value plus 0.01 (mel_features.py).
 */
export function vggishLogMel(mono: Float32Array): FeatureMatrix {
  const rows = mono.length < windowSamples ? 0 : 1 + Math.floor((mono.length - windowSamples) / hopSamples);
  const data = new Float32Array(rows * melBands);
  const fft = createRealFft(fftSize);
  const window = periodicHann(windowSamples);
  const filterbank = { bands: htkBands() };
  const framed = new Float64Array(fftSize);
  const [re, im] = [new Float64Array(bins), new Float64Array(bins)];
  const mels = new Float64Array(melBands);
  for (let row = 0; row < rows; row++) {
    for (let n = 0; n < windowSamples; n++) framed[n] = window[n]! * mono[row * hopSamples + n]!;
    fft.transform(framed, re, im);
    for (let bin = 0; bin < bins; bin++) re[bin] = Math.sqrt(re[bin]! * re[bin]! + im[bin]! * im[bin]!);
    applyMelFilterbank(filterbank, re, mels);
    for (let band = 0; band < melBands; band++) data[row * melBands + band] = Math.log(mels[band]! + logOffset);
  }
  return { rows, columns: melBands, data };
}

/** The examples [examples, 96, 64] side by side, one after the other; an incomplete one at the end is dropped. */
export function vggishExamples(mono: Float32Array): { readonly examples: number; readonly data: Float32Array } {
  const { rows, data } = vggishLogMel(mono);
  const examples = Math.floor(rows / exampleFrames);
  return { examples, data: data.subarray(0, examples * exampleFrames * melBands) };
}

/** Triangles that are straight in mel, not in hertz, over the bins that they reach; the bin of 0 Hz belongs to none. */
function htkBands(): MelBand[] {
  const [lowest, highest] = [htkMel(minHz), htkMel(maxHz)];
  const corner = (index: number): number => lowest + ((highest - lowest) * index) / (melBands + 1);
  const melOfBin = Array.from({ length: bins }, (_, bin) => htkMel((bin * sampleRateHz) / fftSize));
  return Array.from({ length: melBands }, (_, band) => {
    const [lower, centre, upper] = [corner(band), corner(band + 1), corner(band + 2)];
    const heights = melOfBin.map((mel) => Math.min((mel - lower) / (centre - lower), (upper - mel) / (upper - centre)));
    const inside = heights.flatMap((height, bin) => (height > 0 && bin > 0 ? [bin] : []));
    const firstBin = inside[0] ?? 0;
    return { firstBin, weights: Float64Array.from(inside, (bin) => heights[bin]!) };
  });
}
