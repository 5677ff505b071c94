import { describe, expect, it } from 'vitest';
import { htkMel, kaldiMelFilterbank } from '../../src/dsp/kaldi-mel-bands.js';

/** PaSST's bank. */
const options = { sampleRateHz: 32_000, fftSize: 1024, bandCount: 128, minHz: 0, maxHz: 15_000 };

describe('kaldiMelFilterbank', () => {
  it('has the weights of torchaudio: their sum is 473.490551', () => {
    const { bands } = kaldiMelFilterbank(options);
    const sum = bands.reduce((total, { weights }) => total + weights.reduce((part, weight) => part + weight, 0), 0);
    expect(sum).toBeCloseTo(473.490551, 3);
  });

  it('rises and falls along mel, and neighbours add up to 1', () => {
    const { bands } = kaldiMelFilterbank(options);
    const total = new Float64Array(512);
    for (const { firstBin, weights } of bands) {
      weights.forEach((weight, index) => {
        total[firstBin + index]! += weight;
        expect(weight).toBeGreaterThan(0);
        expect(weight).toBeLessThanOrEqual(1);
      });
    }
    // Between the centres of the first and the last band each frequency belongs to two bands.
    const step = htkMel(15_000) / 129;
    total.forEach((sum, bin) => {
      const mel = htkMel((bin * 32_000) / 1024);
      if (mel > step && mel < 128 * step) expect(sum).toBeCloseTo(1, 4);
    });
  });

  it('leaves out the bin of half the sampling rate', () => {
    const { bands } = kaldiMelFilterbank({ ...options, maxHz: 16_000 });
    const last = bands.at(-1)!;
    expect(last.firstBin + last.weights.length).toBeLessThanOrEqual(512);
  });

  it('gives a band that is narrower than a bin no weights', () => {
    const { bands } = kaldiMelFilterbank({ ...options, bandCount: 1000 });
    expect(bands.some(({ weights }) => weights.length === 0)).toBe(true);
  });
});
