import { describe, expect, it } from 'vitest';
import { dcOffset } from '../../src/dsp/dc-offset.js';

describe('dcOffset', () => {
  it('is the mean of the channel that is furthest off, whatever its sign', () => {
    const channels = [Float32Array.of(0.5, -0.5, 0.25, -0.25), Float32Array.of(0, -0.25, 0, -0.25)];
    expect(dcOffset({ sampleRateHz: 8000, channels })).toBe(0.125);
    expect(dcOffset({ sampleRateHz: 8000, channels: channels.slice(0, 1) })).toBe(0);
    expect(dcOffset({ sampleRateHz: 8000, channels: [new Float32Array(0)] })).toBe(0);
  });
});
