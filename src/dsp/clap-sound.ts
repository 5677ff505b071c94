import type { FeatureMatrix } from '../core/features.js';
import { type PannsFrontEnd, pannsLogMel } from './panns-log-mel.js';
import { repeated } from './sound-windows.js';

/** The network sees exactly 10 s at 48 kHz. */
export const clapWindowSamples = 480_000;

/** Constants of LAION CLAP without fusion (CLAP 1fd4c37, clap_module/model_configs/HTSAT-base.json; htsat.py). */
export const clapFrontEnd: PannsFrontEnd = {
  sampleRateHz: 48_000,
  fftSize: 1024,
  hopSamples: 480,
  minHz: 50,
  maxHz: 14_000,
};

/** Log-mel in dB, [1001, 64], of one window of 480,000 samples. Throws a RangeError for another length. */
export function clapLogMel(window: Float32Array): FeatureMatrix {
  if (window.length === clapWindowSamples) return pannsLogMel(window, clapFrontEnd);
  throw new RangeError(`a CLAP window has ${clapWindowSamples} samples, got ${window.length}`);
}

/**
 * A sound of at most 10 s as one window: as many whole copies as fit, then zeros (training/data.py, `repeatpad`). A sound without samples
 * is 10 s of silence.
 */
export function repeatPadded(mono: Float32Array): Float32Array {
  return repeated(mono, clapWindowSamples);
}

/** Samples as they are after 16-bit PCM: held within -1 and 1, cut (not rounded) to 1/32767 (hook.py and data.py, `int16_to_float32`). */
export function quantisedToInt16(mono: Float32Array): Float32Array {
  return mono.map((sample) => Math.fround(Math.trunc(Math.fround(Math.min(1, Math.max(-1, sample)) * 32767)) / 32767));
}

/** What fadtk does with the end of a sound: windows that begin in it are filled up with zeros (model_loader.py, CLAPLaionModel). */
export function clapWindowAt(mono: Float32Array, startSample: number): Float32Array {
  const window = new Float32Array(clapWindowSamples);
  window.set(mono.subarray(startSample, startSample + clapWindowSamples));
  return window;
}
