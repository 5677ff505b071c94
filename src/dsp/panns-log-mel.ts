import type { FeatureMatrix } from '../core/features.js';
import { createRealFft } from './fft.js';
import { applyMelFilterbank, slaneyMelFilterbank } from './mel-filterbank.js';
import { reflected } from './reflected.js';
import { periodicHann } from './window.js';

export interface PannsFrontEnd {
  readonly sampleRateHz: number;
  /** Length of the window as well. */
  readonly fftSize: number;
  readonly hopSamples: number;
  readonly minHz: number;
  readonly maxHz: number;
}

/** Constants of the two CNN14 (Kong et al. 2020, arXiv:1912.10211; audioset_tagging_cnn, README and pytorch/models.py). */
export const pannsFrontEnds: Readonly<Record<'cnn14-16k' | 'cnn14-32k', PannsFrontEnd>> = {
  'cnn14-16k': { sampleRateHz: 16_000, fftSize: 512, hopSamples: 160, minHz: 50, maxHz: 8000 },
  'cnn14-32k': { sampleRateHz: 32_000, fftSize: 1024, hopSamples: 320, minHz: 50, maxHz: 14_000 },
};

export const pannsMelBands = 64;
const lowestPower = 1e-10;

/**
 * Log-mel spectrogram as torchlibrosa makes it for PANNs and, at 48 kHz, for CLAP: [1 + floor(samples / hop), 64] in dB. Frame n is
 * centred on sample `n * hop` of the sound mirrored at its ends; periodic Hann, power, Slaney mels with Slaney norm, 10 log10 of at
 * least 1e-10, nothing cut off below the maximum. Needs more than half a window of samples (RangeError otherwise).
 */
export function pannsLogMel(mono: Float32Array, frontEnd: PannsFrontEnd): FeatureMatrix {
  const { sampleRateHz, fftSize, hopSamples, minHz, maxHz } = frontEnd;
  const edge = fftSize / 2;
  if (mono.length <= edge) throw new RangeError(`reflection needs more than ${edge} samples, got ${mono.length}`);
  const rows = 1 + Math.floor(mono.length / hopSamples);
  const data = new Float32Array(rows * pannsMelBands);
  const filterbank = slaneyMelFilterbank({ sampleRateHz, fftSize, bandCount: pannsMelBands, minHz, maxHz });
  const fft = createRealFft(fftSize);
  const window = periodicHann(fftSize);
  const framed = new Float64Array(fftSize);
  const [re, im] = [new Float64Array(edge + 1), new Float64Array(edge + 1)];
  const mels = new Float64Array(pannsMelBands);
  for (let row = 0; row < rows; row++) {
    const start = row * hopSamples - edge;
    for (let n = 0; n < fftSize; n++) framed[n] = window[n]! * reflected(mono, start + n);
    fft.transform(framed, re, im);
    for (let bin = 0; bin <= edge; bin++) re[bin] = re[bin]! * re[bin]! + im[bin]! * im[bin]!;
    applyMelFilterbank(filterbank, re, mels);
    for (let band = 0; band < pannsMelBands; band++) {
      data[row * pannsMelBands + band] = 10 * Math.log10(Math.max(lowestPower, mels[band]!));
    }
  }
  return { rows, columns: pannsMelBands, data };
}
