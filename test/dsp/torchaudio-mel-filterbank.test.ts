import { describe, expect, it } from 'vitest';
import { torchaudioMelFilterbank } from '../../src/dsp/torchaudio-mel-filterbank.js';

const options = { sampleRateHz: 16_000, fftSize: 65_536, bandCount: 128, minHz: 0, maxHz: 8000 };
const mel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
const binHz = 16_000 / 65_536;

// Cells of the official code's spectrogram are compared in test/verify/encoders.test.ts.
describe('torchaudioMelFilterbank', () => {
  it('has its peaks at equal steps of the HTK scale, each near 1', () => {
    const { bands } = torchaudioMelFilterbank(options);
    bands.forEach(({ firstBin, weights }, band) => {
      const peak = Math.max(...weights);
      expect(peak).toBeGreaterThan(0.98);
      expect(peak).toBeLessThanOrEqual(1);
      const centre = (700 * (10 ** ((mel(8000) * (band + 1)) / 129 / 2595) - 1)) / binHz;
      expect(Math.abs(firstBin + weights.indexOf(peak) - centre)).toBeLessThan(1);
    });
  });

  it('sums to 1 between the first peak and the last: neighbours are straight in hertz and cross', () => {
    const { bands } = torchaudioMelFilterbank(options);
    const sums = new Float64Array(options.fftSize / 2 + 1);
    for (const { firstBin, weights } of bands)
      weights.forEach((weight, k) => {
        sums[firstBin + k] = sums[firstBin + k]! + weight;
      });
    const peakBin = (band: number): number =>
      bands[band]!.firstBin + bands[band]!.weights.indexOf(Math.max(...bands[band]!.weights));
    for (let bin = peakBin(0) + 1; bin < peakBin(127); bin++) expect(sums[bin]).toBeCloseTo(1, 9);
  });
});
