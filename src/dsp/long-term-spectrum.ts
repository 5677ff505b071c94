import { type Outcome, ok, skipped } from '../core/outcome.js';
import { lengthOf, type Waveform } from '../core/waveform.js';
import { createRealFft } from './fft.js';
import { periodicHann } from './window.js';

const windowSamples = 4096;
const hopSamples = windowSamples / 2;

/** Mean power in each bin of the spectrum; bin k lies at `k * binHz`. */
export interface LongTermSpectrum {
  readonly power: Float64Array;
  readonly binHz: number;
}

/**
 * The average power spectrum over all channels and time: periodic Hann windows of 4096 samples, every 2048 (Welch 1967). A rest at the
 * end is left out, because its sudden end would fill the whole spectrum. Skipped: digital silence, sound shorter than a window.
 */
export function longTermSpectrum(waveform: Waveform): Outcome<LongTermSpectrum> {
  const windows = 1 + Math.floor((lengthOf(waveform) - windowSamples) / hopSamples);
  if (windows < 1) return skipped(`shorter than the ${windowSamples} samples that a spectrum needs`);
  const power = new Float64Array(windowSamples / 2 + 1);
  for (const channel of waveform.channels) addPowers(channel, power);
  if (power.every((value) => value === 0)) return skipped('digital silence has no spectrum');
  const count = windows * waveform.channels.length;
  return ok({ power: power.map((sum) => sum / count), binHz: waveform.sampleRateHz / windowSamples });
}

function addPowers(channel: Float32Array, power: Float64Array): void {
  const fft = createRealFft(windowSamples);
  const window = periodicHann(windowSamples);
  const input = new Float64Array(windowSamples);
  const [re, im] = [new Float64Array(power.length), new Float64Array(power.length)];
  for (let start = 0; start + windowSamples <= channel.length; start += hopSamples) {
    for (let at = 0; at < windowSamples; at++) input[at] = channel[start + at]! * window[at]!;
    fft.transform(input, re, im);
    for (let bin = 0; bin < power.length; bin++) power[bin]! += re[bin]! * re[bin]! + im[bin]! * im[bin]!;
  }
}
