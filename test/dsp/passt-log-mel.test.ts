import { describe, expect, it } from 'vitest';
import { passtLogMel, passtShortestSamples } from '../../src/dsp/passt-log-mel.js';

const tone = (samples: number, hz: number): Float32Array =>
  Float32Array.from({ length: samples }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hz * n) / 32_000));

// Cells of the official code are compared in test/verify/encoders.test.ts.
describe('passtLogMel', () => {
  it('has 128 rows of bands and a column for every 320 samples', () => {
    expect(passtLogMel(tone(320_000, 440))).toMatchObject({ rows: 128, columns: 1000 });
    // One sample goes to the pre-emphasis.
    expect(passtLogMel(tone(320_001, 440))).toMatchObject({ rows: 128, columns: 1001 });
  });

  it('is the logarithm of the offset in silence', () => {
    const { data } = passtLogMel(new Float32Array(32_000));
    for (const value of data) expect(value).toBeCloseTo((Math.log(1e-5) + 4.5) / 5, 6);
  });

  it('is largest in the band of a tone', () => {
    const { columns, data } = passtLogMel(tone(32_000, 1000));
    const middle = Array.from({ length: 128 }, (_, band) => data[band * columns + 50]!);
    const centre = (band: number): number =>
      700 * (Math.exp(((band + 1) * 1127 * Math.log(1 + 15_000 / 700)) / 129 / 1127) - 1);
    const loudest = middle.indexOf(Math.max(...middle));
    expect(Math.abs(centre(loudest) - 1000)).toBeLessThan(40);
  });

  it('needs half a window of sound', () => {
    expect(passtLogMel(new Float32Array(passtShortestSamples)).columns).toBe(2);
    expect(() => passtLogMel(new Float32Array(passtShortestSamples - 1))).toThrow('at least 514 samples, got 513');
  });
});
