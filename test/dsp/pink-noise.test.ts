import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { createRealFft } from '../../src/dsp/fft.js';
import { pinkNoise } from '../../src/dsp/pink-noise.js';
import { periodicHann } from '../../src/dsp/window.js';

const size = 8192;

/** Mean power of each bin over Hann windows (Welch). */
function powerSpectrum(signal: Float32Array): Float64Array {
  const fft = createRealFft(size);
  const window = periodicHann(size);
  const [re, im] = [new Float64Array(size / 2 + 1), new Float64Array(size / 2 + 1)];
  const power = new Float64Array(size / 2 + 1);
  for (let start = 0; start + size <= signal.length; start += size / 2) {
    fft.transform(
      Float64Array.from(window, (weight, n) => weight * (signal[start + n] as number)),
      re,
      im,
    );
    power.forEach((sum, bin) => {
      power[bin] = sum + (re[bin] as number) ** 2 + (im[bin] as number) ** 2;
    });
  }
  return power;
}

/** Mean level in dB of the bins of each octave [from, 2 from). */
function octaveLevelsDb(power: Float64Array, fromBins: readonly number[]): number[] {
  return fromBins.map((from) => {
    const octave = power.subarray(from, 2 * from);
    return 10 * Math.log10(octave.reduce((sum, value) => sum + value, 0) / octave.length);
  });
}

describe('pinkNoise', () => {
  const noise = pinkNoise({ sampleCount: 1 << 20, rng: seededRng('pink') });
  const rms = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);

  it('falls by 3 dB an octave', () => {
    const levels = octaveLevelsDb(powerSpectrum(noise), [16, 32, 64, 128, 256, 512, 1024, 2048]);
    for (let octave = 1; octave < levels.length; octave++) {
      const slope = (levels[octave] as number) - (levels[octave - 1] as number);
      expect(Math.abs(slope - 10 * Math.log10(0.5))).toBeLessThan(0.5);
    }
  });

  it('has a root mean square of about 0.1 and stays inside full scale', () => {
    expect(rms).toBeGreaterThan(0.09);
    expect(rms).toBeLessThan(0.11);
    expect(noise.every((value) => Math.abs(value) < 1)).toBe(true);
  });

  it('is as loud at its start as later', () => {
    const starts = Array.from(
      { length: 400 },
      (_, seed) => pinkNoise({ sampleCount: 1, rng: seededRng('start', seed) })[0],
    );
    const startRms = Math.sqrt(starts.reduce<number>((sum, value) => sum + (value as number) ** 2, 0) / starts.length);
    expect(startRms / rms).toBeGreaterThan(0.85);
    expect(startRms / rms).toBeLessThan(1.15);
  });

  it('depends on the seed only', () => {
    const [again, other] = ['pink', 'blue'].map((seed) => pinkNoise({ sampleCount: 100, rng: seededRng(seed) }));
    expect(again).toEqual(noise.subarray(0, 100));
    expect(other).not.toEqual(again);
  });
});
