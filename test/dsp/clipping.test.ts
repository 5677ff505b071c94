import { describe, expect, it } from 'vitest';
import { clippedShare } from '../../src/dsp/clipping.js';

const mono = (...samples: number[]): { sampleRateHz: number; channels: Float32Array[] } => ({
  sampleRateHz: 8000,
  channels: [Float32Array.from(samples)],
});

describe('clippedShare', () => {
  it('counts runs of three and more of one sign, and no shorter ones', () => {
    expect(clippedShare(mono(0, 1, 1, 0, 0, 0, 0, 0, 0, 0))).toBe(0);
    expect(clippedShare(mono(0, 1, 1, 1, 0, 0, 0, 0, 0, 0))).toBe(0.3);
    expect(clippedShare(mono(0, 1, 1, 1, -1, -1, 0, 0, 0, 0))).toBe(0.3);
    expect(clippedShare(mono(0, 1, 1, 1, -1, -1, -1, -1))).toBe(7 / 8);
  });

  it('takes 16-bit full scale of either sign and what lies beyond', () => {
    expect(clippedShare(mono(32767 / 32768, 32767 / 32768, 32767 / 32768, 0))).toBe(0.75);
    expect(clippedShare(mono(-1, -1, -32767 / 32768, 0))).toBe(0.75);
    expect(clippedShare(mono(1.5, 2, 1.2, 0))).toBe(0.75);
    expect(clippedShare(mono(0.9999, 0.9999, 0.9999, 0))).toBe(0);
  });

  it('is a share over all channels, and does not join runs of two channels', () => {
    const loud = Float32Array.of(0, 0, 1, 1);
    const next = Float32Array.of(1, 1, 0, 0);
    expect(clippedShare({ sampleRateHz: 8000, channels: [loud, next] })).toBe(0);
    const clipped = Float32Array.of(1, 1, 1, 1);
    expect(clippedShare({ sampleRateHz: 8000, channels: [clipped, new Float32Array(4)] })).toBe(0.5);
    expect(clippedShare(mono())).toBe(0);
  });

  it('of a sine driven 6 dB too far is the part of a period above half its height', () => {
    const sine = Float32Array.from({ length: 48000 }, (_, n) =>
      Math.max(-1, Math.min(1, 2 * Math.sin((2 * Math.PI * 100 * n) / 48000))),
    );
    // |sin x| >= 1/2 on two thirds of a period.
    expect(clippedShare({ sampleRateHz: 48000, channels: [sine] })).toBeCloseTo(2 / 3, 2);
  });
});
