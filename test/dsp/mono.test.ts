import { describe, expect, it } from 'vitest';
import { firstNonFinite, peakOf, sliceWaveform, toMono } from '../../src/dsp/mono.js';

const stereo = {
  sampleRateHz: 4,
  channels: [Float32Array.of(1, 0.5, -1, 0, 0.25), Float32Array.of(0, 0.5, -0.5, 1, 0.75)],
};
const none = { sampleRateHz: 4, channels: [] };

describe('toMono', () => {
  it('is the mean of the channels', () => {
    expect([...toMono(stereo)]).toEqual([0.5, 0.5, -0.75, 0.5, 0.5]);
  });

  it('copies a single channel', () => {
    const samples = Float32Array.of(1, 2);
    const mono = toMono({ sampleRateHz: 4, channels: [samples] });
    expect([...mono]).toEqual([1, 2]);
    expect(mono.buffer).not.toBe(samples.buffer);
  });

  it('of no channels is empty', () => {
    expect(toMono(none).length).toBe(0);
  });
});

describe('sliceWaveform', () => {
  const slice = (startSeconds: number, durationSeconds?: number): number[] =>
    Array.from(
      sliceWaveform(stereo, { startSeconds, ...(durationSeconds === undefined ? {} : { durationSeconds }) })
        .channels[1] as Float32Array,
    );

  it('takes a part of every channel and keeps the rate', () => {
    const part = sliceWaveform(stereo, { startSeconds: 0.25, durationSeconds: 0.5 });
    expect(part).toEqual({ sampleRateHz: 4, channels: [Float32Array.of(0.5, -1), Float32Array.of(0.5, -0.5)] });
  });

  it('goes to the end without a duration, and no further with a longer one', () => {
    expect(slice(0.75)).toEqual([1, 0.75]);
    expect(slice(0.75, 100)).toEqual([1, 0.75]);
    expect(slice(9, 1)).toEqual([]);
  });

  it('starts at the nearest sample, and no negative number counts from the end', () => {
    expect(slice(0.7, 0.25)).toEqual([1]);
    expect(slice(-1, 0.25)).toEqual([0]);
    expect(slice(0, -1)).toEqual([]);
  });

  it('leaves the original alone', () => {
    const part = sliceWaveform(stereo, { startSeconds: 0 });
    (part.channels[0] as Float32Array)[0] = 9;
    expect(stereo.channels[0]?.[0]).toBe(1);
  });
});

describe('firstNonFinite', () => {
  it('names channel and sample', () => {
    const channels = [Float32Array.of(0, 1), Float32Array.of(0, Number.NEGATIVE_INFINITY)];
    expect(firstNonFinite({ sampleRateHz: 4, channels })).toEqual({ channel: 1, sample: 1 });
    expect(firstNonFinite({ sampleRateHz: 4, channels: [Float32Array.of(Number.NaN)] })).toEqual({
      channel: 0,
      sample: 0,
    });
  });

  it('is undefined where all is well', () => {
    expect(firstNonFinite(stereo)).toBeUndefined();
    expect(firstNonFinite(none)).toBeUndefined();
  });
});

describe('peakOf', () => {
  it('is the largest magnitude of any channel', () => {
    expect(peakOf({ sampleRateHz: 4, channels: [Float32Array.of(0.5), Float32Array.of(-0.75)] })).toBe(0.75);
    expect(peakOf(none)).toBe(0);
  });
});
