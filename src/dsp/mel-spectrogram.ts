import { createRealFft } from './fft.js';
import { applyMelFilterbank, slaneyMelFilterbank } from './mel-filterbank.js';
import { periodicHann } from './window.js';

export interface MelSpectrogramOptions {
  readonly sampleRateHz: number;
  readonly fftSize: number;
  readonly hopSamples: number;
  readonly bandCount: number;
}

export interface MelSpectrogram {
  readonly frames: number;
  readonly bands: number;
  /** Row-major, `frames * bands` values. */
  readonly data: Float64Array;
}

/**
 * Power in Slaney mel bands from 0 Hz to half the sampling rate: [1 + floor(samples / hop), bands]. Frame n is centred on
 * sample `n * hop`, in a periodic Hann window; zeros stand before and after the sound. Same values as
 * `librosa.feature.melspectrogram` 0.10 and later with `pad_mode='constant'`.
 */
export function melPowerSpectrogram(mono: Float32Array, options: MelSpectrogramOptions): MelSpectrogram {
  const { sampleRateHz, fftSize, hopSamples, bandCount } = options;
  const frames = 1 + Math.floor(mono.length / hopSamples);
  const data = new Float64Array(frames * bandCount);
  const filterbank = slaneyMelFilterbank({ sampleRateHz, fftSize, bandCount, minHz: 0, maxHz: sampleRateHz / 2 });
  const fft = createRealFft(fftSize);
  const window = periodicHann(fftSize);
  const windowed = new Float64Array(fftSize);
  const power = new Float64Array(fftSize / 2 + 1);
  const im = new Float64Array(fftSize / 2 + 1);
  for (let frame = 0; frame < frames; frame++) {
    windowAround({ mono, centre: frame * hopSamples, window }, windowed);
    fft.transform(windowed, power, im);
    for (let bin = 0; bin < power.length; bin++) power[bin] = power[bin]! * power[bin]! + im[bin]! * im[bin]!;
    applyMelFilterbank(filterbank, power, data.subarray(frame * bandCount, (frame + 1) * bandCount));
  }
  return { frames, bands: bandCount, data };
}

interface WindowedFrame {
  readonly mono: Float32Array;
  readonly centre: number;
  readonly window: Float64Array;
}

function windowAround({ mono, centre, window }: WindowedFrame, out: Float64Array): void {
  const start = centre - window.length / 2;
  // Bounds first: reading beyond an array and testing each sample takes several times as long.
  const first = Math.min(window.length, Math.max(0, -start));
  const end = Math.max(first, Math.min(window.length, mono.length - start));
  out.fill(0, 0, first);
  for (let n = first; n < end; n++) out[n] = window[n]! * mono[start + n]!;
  out.fill(0, end);
}

export interface DecibelOptions {
  /** Smaller powers count as this one. */
  readonly lowestPower: number;
  /** Nothing is further than this below the loudest cell of the spectrogram. */
  readonly rangeDb: number;
}

/** 10 log10 of each cell, relative to power 1 (`librosa.power_to_db` with `ref=1`). */
export function decibelsOf(spectrogram: MelSpectrogram, { lowestPower, rangeDb }: DecibelOptions): MelSpectrogram {
  const data = spectrogram.data.map((power) => 10 * Math.log10(Math.max(lowestPower, power)));
  const floorDb = data.reduce((loudest, value) => Math.max(loudest, value), Number.NEGATIVE_INFINITY) - rangeDb;
  return { ...spectrogram, data: data.map((value) => Math.max(floorDb, value)) };
}
