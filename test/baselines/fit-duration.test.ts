import { describe, expect, it } from 'vitest';
import { fitDuration, seamFadeSeconds } from '../../src/baselines/fit-duration.js';
import { lengthOf, type Waveform } from '../../src/core/waveform.js';
import { okValue } from './painted-videos.js';

const sampleRateHz = 1000;

function ones(seconds: number): Waveform {
  return { sampleRateHz, channels: [new Float32Array(Math.round(seconds * sampleRateHz)).fill(1)] };
}

describe('fitDuration', () => {
  it('leaves music of the right length untouched', () => {
    const music = ones(2);
    expect(okValue(fitDuration(music, 2))).toBe(music);
  });

  it('cuts longer music at its end and fades only the last 50 ms', () => {
    const [channel] = okValue(fitDuration(ones(3), 2)).channels;
    expect(channel).toHaveLength(2000);
    const fadeStart = 2000 - seamFadeSeconds * sampleRateHz;
    expect(channel!.subarray(0, fadeStart).every((sample) => sample === 1)).toBe(true);
    expect(channel![1999]).toBeLessThan(0.02);
    expect(channel!.subarray(fadeStart).every((sample, index, tail) => index === 0 || sample < tail[index - 1]!)).toBe(
      true,
    );
  });

  it('repeats shorter music from its start', () => {
    const ramp = Float32Array.from({ length: 1000 }, (_, index) => index / 1000);
    const [channel] = okValue(fitDuration({ sampleRateHz, channels: [ramp] }, 2.5)).channels;
    expect(channel).toHaveLength(2500);
    expect(channel![500]).toBeCloseTo(0.5, 6);
    expect(channel![950 + 500]).toBeCloseTo(0.5, 6);
    expect(channel![1900 + 300]).toBeCloseTo(0.3, 6);
  });

  it('crosses over at equal power at the seam', () => {
    const [channel] = okValue(fitDuration(ones(1), 1.9)).channels;
    // sin + cos of a quarter turn: the amplitude of equal signals rises to the square root of 2 and never dips below 1.
    const seam = channel!.subarray(950, 1000);
    expect(Math.max(...seam)).toBeCloseTo(Math.SQRT2, 2);
    expect(Math.min(...seam)).toBeGreaterThan(1);
  });

  it.each([
    [0.001, 0.2],
    [0.004, 1],
    [5, 0.001],
    [1, 1.0005],
  ])('fits %f s of music to %f s', (have, want) => {
    const fitted = okValue(fitDuration(ones(have), want));
    expect(lengthOf(fitted)).toBe(Math.max(1, Math.round(want * sampleRateHz)));
    expect(fitted.channels[0]!.every(Number.isFinite)).toBe(true);
  });

  it('refuses music without samples', () => {
    expect(fitDuration({ sampleRateHz, channels: [new Float32Array(0)] }, 1)).toMatchObject({
      status: 'failed',
      error: { code: 'empty-music' },
    });
  });
});
