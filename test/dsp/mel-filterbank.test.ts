import { describe, expect, it } from 'vitest';
import {
  applyMelFilterbank,
  hzFromSlaneyMel,
  slaneyMelFilterbank,
  slaneyMelFromHz,
} from '../../src/dsp/mel-filterbank.js';
import { expectAllClose } from '../helpers/all-close.js';

const options = { sampleRateHz: 16000, fftSize: 512, bandCount: 96, minHz: 0, maxHz: 8000 };

describe('the Slaney mel scale', () => {
  it('is linear to 1 kHz and takes 27 steps for a factor of 6.4 above it', () => {
    expect(slaneyMelFromHz(500)).toBeCloseTo(7.5, 12);
    expect(slaneyMelFromHz(1000)).toBeCloseTo(15, 12);
    expect(slaneyMelFromHz(6400)).toBeCloseTo(42, 12);
  });

  it('is undone by its inverse', () => {
    for (const hz of [0, 20, 999, 1000, 1001, 4000, 8000])
      expect(hzFromSlaneyMel(slaneyMelFromHz(hz))).toBeCloseTo(hz, 9);
  });
});

describe('slaneyMelFilterbank', () => {
  it('has triangles of equal area in hertz where bins are fine enough', () => {
    const { bands } = slaneyMelFilterbank({ ...options, fftSize: 65536 });
    const binHz = 16000 / 65536;
    for (const { weights } of bands) {
      expect(weights.reduce((sum, weight) => sum + weight, 0) * binHz).toBeCloseTo(1, 3);
    }
  });

  it('peaks at the centre of each band and never goes below 0', () => {
    const { bands } = slaneyMelFilterbank({ ...options, fftSize: 65536 });
    bands.forEach(({ firstBin, weights }, band) => {
      const peak = weights.indexOf(Math.max(...weights));
      const centreHz = hzFromSlaneyMel(((band + 1) * slaneyMelFromHz(8000)) / 97);
      expect(Math.abs(((firstBin + peak) * 16000) / 65536 - centreHz)).toBeLessThan(16000 / 65536);
      expect(weights.every((weight) => weight > 0)).toBe(true);
    });
  });

  it('keeps only bins between the corners of the band, without the corners', () => {
    // Up to 1 kHz the corners of two bands lie at thirds: 0, 320, 640 and 960 Hz. Bins are 100 Hz apart.
    const { bands } = slaneyMelFilterbank({ sampleRateHz: 3200, fftSize: 32, bandCount: 2, minHz: 0, maxHz: 960 });
    expect(bands.map(({ firstBin, weights }) => [firstBin, weights.length])).toEqual([
      [1, 6],
      [4, 6],
    ]);
    const heights = [100, 200, 300, 240, 140, 40].map((distanceHz) => distanceHz / 320);
    expectAllClose(
      bands[0]!.weights,
      heights.map((height) => (height * 2) / 640),
      { rtol: 1e-12 },
    );
  });

  it('sums the energy of each band', () => {
    const filterbank = {
      bands: [
        { firstBin: 1, weights: Float64Array.of(2, 3) },
        { firstBin: 3, weights: new Float64Array() },
      ],
    };
    const out = Float64Array.of(9, 9);
    applyMelFilterbank(filterbank, Float64Array.of(100, 10, 1, 0), out);
    expect([...out]).toEqual([23, 0]);
  });
});
