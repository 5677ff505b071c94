import { describe, expect, it } from 'vitest';
import { silenceShare } from '../../src/dsp/silence-share.js';

const sampleRateHz = 8000;
const sound = (seconds: number, level: (t: number) => number): Float32Array =>
  Float32Array.from({ length: seconds * sampleRateHz }, (_, n) => level(n / sampleRateHz));

describe('silenceShare', () => {
  it('is the share of blocks below -60 dBFS', () => {
    const channel = sound(4, (t) => (t < 1 ? 0 : 0.1));
    expect(silenceShare({ sampleRateHz, channels: [channel] })).toBe(0.25);
    expect(silenceShare({ sampleRateHz, channels: [sound(1, () => 1e-3 * 1.01)] })).toBe(0);
    expect(silenceShare({ sampleRateHz, channels: [sound(1, () => 1e-3 * 0.99)] })).toBe(1);
  });

  it('hears sound in any channel, at the mean power of all', () => {
    const channels = [sound(1, () => 0), sound(1, () => 0.1)];
    expect(silenceShare({ sampleRateHz, channels })).toBe(0);
    expect(silenceShare({ sampleRateHz, channels: [sound(1, () => 0), sound(1, () => 1.3e-3)] })).toBe(1);
  });

  it('counts a rest at the end by its length', () => {
    const channel = new Float32Array(1000).fill(0.5, 0, 800);
    expect(silenceShare({ sampleRateHz, channels: [channel] })).toBe(0.2);
    expect(silenceShare({ sampleRateHz, channels: [new Float32Array(0)] })).toBe(1);
  });
});
