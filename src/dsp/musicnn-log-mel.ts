import type { FeatureMatrix } from '../core/features.js';
import { mapOutcome, type Outcome, ok, skipped } from '../core/outcome.js';
import { createRealFft } from './fft.js';
import { applyMelFilterbank, slaneyMelFilterbank } from './mel-filterbank.js';
import { reflected } from './reflected.js';
import { periodicHann } from './window.js';

/** Constants of MusicNN's front end (musicnn 0.1.0, `configuration.py` and `extractor.py`). */
export const musicnnFrontEnd = {
  sampleRateHz: 16000,
  fftSize: 512,
  hopSamples: 256,
  melBands: 96,
  maxHz: 8000,
  patchFrames: 187,
  hopSeconds: 1,
} as const;

const { sampleRateHz, fftSize, hopSamples, melBands, maxHz, patchFrames, hopSeconds } = musicnnFrontEnd;
const edge = fftSize / 2;

/**
 * Log-mel spectrogram of mono sound at 16 kHz: [1 + floor(samples / 256), 96]; frame n is centred on sample 256 n.
 * Padding is by reflection, as in the librosa 0.7 that the models were trained with; the zeros of newer versions move
 * tags by up to 0.012. Needs more than 256 samples to reflect (RangeError otherwise).
 */
export function musicnnLogMel(mono16k: Float32Array): FeatureMatrix {
  if (mono16k.length <= edge) throw new RangeError(`reflection needs more than ${edge} samples, got ${mono16k.length}`);
  const rows = frameCountOf(mono16k.length);
  const data = new Float32Array(rows * melBands);
  const { window, fft, filterbank } = analysis();
  const framed = new Float64Array(fftSize);
  const re = new Float64Array(edge + 1);
  const im = new Float64Array(edge + 1);
  const mels = new Float64Array(melBands);
  for (let row = 0; row < rows; row++) {
    for (let n = 0; n < fftSize; n++) framed[n] = window[n]! * reflected(mono16k, row * hopSamples - edge + n);
    fft.transform(framed, re, im);
    for (let bin = 0; bin <= edge; bin++) re[bin] = re[bin]! * re[bin]! + im[bin]! * im[bin]!;
    applyMelFilterbank(filterbank, re, mels);
    for (let band = 0; band < melBands; band++) data[row * melBands + band] = Math.log10(10000 * mels[band]! + 1);
  }
  return { rows, columns: melBands, data };
}

/** Start frames of the 187-frame windows, one a second. A second is 62.5 frames, so window k starts at frame round(62.5 k). */
export function musicnnPatchStarts(frameCount: number): readonly number[] {
  const starts: number[] = [];
  for (let window = 0; ; window++) {
    const start = Math.round((window * hopSeconds * sampleRateHz) / hopSamples);
    if (start + patchFrames > frameCount) return starts;
    starts.push(start);
  }
}

/** The log-mel of a sound and the frame at which each of the model's windows of 187 frames starts. */
export interface MusicnnWindows {
  readonly logMel: FeatureMatrix;
  readonly starts: readonly number[];
}

/** What the model looks at. Skipped for sound of fewer than 187 frames (47 616 samples, 2.976 s). */
export function musicnnWindows(mono16k: Float32Array): Outcome<MusicnnWindows> {
  const frames = frameCountOf(mono16k.length);
  if (frames < patchFrames) {
    const seconds = (Math.floor((100 * mono16k.length) / sampleRateHz) / 100).toFixed(2);
    const neededSeconds = (((patchFrames - 1) * hopSamples) / sampleRateHz).toFixed(2);
    return skipped(`the sound lasts ${seconds} s and MusicNN needs at least ${neededSeconds} s`);
  }
  return ok({ logMel: musicnnLogMel(mono16k), starts: musicnnPatchStarts(frames) });
}

/** The windows themselves: views of [187, 96] values into the log-mel, which is computed once. Skipped as `musicnnWindows`. */
export function musicnnPatches(mono16k: Float32Array): Outcome<readonly Float32Array[]> {
  return mapOutcome(musicnnWindows(mono16k), patchesOf);
}

/** The windows as views into their log-mel. */
export function patchesOf({ logMel, starts }: MusicnnWindows): readonly Float32Array[] {
  return starts.map((start) => logMel.data.subarray(start * melBands, (start + patchFrames) * melBands));
}

function frameCountOf(sampleCount: number): number {
  return 1 + Math.floor(sampleCount / hopSamples);
}

function analysis() {
  return {
    window: periodicHann(fftSize),
    fft: createRealFft(fftSize),
    filterbank: slaneyMelFilterbank({ sampleRateHz, fftSize, bandCount: melBands, minHz: 0, maxHz }),
  };
}
