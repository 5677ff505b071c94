import { describe, expect, it } from 'vitest';
import { spectralCentroidHz } from '../../src/dsp/spectral-centroid.js';

const sampleRateHz = 40960;
const sines = (...bins: number[]): Float32Array =>
  Float32Array.from({ length: sampleRateHz }, (_, n) =>
    bins.reduce((sum, bin) => sum + 0.2 * Math.sin((2 * Math.PI * bin * n) / 4096), 0),
  );
const centroid = (...channels: Float32Array[]): ReturnType<typeof spectralCentroidHz> =>
  spectralCentroidHz({ sampleRateHz, channels });

describe('spectralCentroidHz', () => {
  it('is the frequency of a sine, and the middle of two as strong', () => {
    // float32 samples leave a floor of noise that pulls it upwards.
    expect(centroid(sines(100))).toMatchObject({ status: 'ok', value: expect.closeTo(1000, -1) });
    expect(centroid(sines(100, 300))).toMatchObject({ status: 'ok', value: expect.closeTo(2000, -1) });
  });

  it('does not change with gain or with an offset of the samples', () => {
    const first = centroid(sines(100, 300));
    expect(centroid(sines(100, 300).map((value) => value / 8))).toEqual(first);
    const shifted = centroid(sines(100, 300).map((value) => value / 8 + 0.5));
    if (shifted.status !== 'ok' || first.status !== 'ok') throw new Error('no centroid');
    // The window spreads the offset into the first bin.
    expect(shifted.value).toBeLessThan(first.value);
    expect(shifted.value).toBeGreaterThan(0);
  });

  it('is not defined for silence', () => {
    expect(centroid(new Float32Array(5000)).status).toBe('skipped');
  });
});
