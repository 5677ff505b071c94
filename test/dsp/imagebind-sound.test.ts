import { describe, expect, it } from 'vitest';
import { float32Sum } from '../../src/dsp/float32-sum.js';
import { clipStarts, imagebindSound } from '../../src/dsp/imagebind-sound.js';
import { kaldiFbank } from '../../src/dsp/kaldi-fbank.js';

// Cells of the official code are compared in test/verify/encoders.test.ts (imagebind_small).
describe('clipStarts', () => {
  it.each([
    [24_000, [0, 0, 0]],
    [32_000, [0, 0, 0]],
    [80_000, [0, 24_000, 48_000]],
    // 10.7 s is a hair less than 171200 samples.
    [171_200, [0, 69_599, 139_199]],
    [480_000, [0, 224_000, 448_000]],
  ])('of %i samples are those of the official code', (samples, starts) => {
    expect(clipStarts(samples)).toEqual(starts);
  });
});

describe('imagebindSound', () => {
  const tone = (samples: number): Float32Array =>
    Float32Array.from({ length: samples }, (_, n) => 0.2 + 0.3 * Math.sin(n / 20));

  it('has three clips of 128 bands and 204 frames, filled up with zeros before they are normalised', () => {
    const { dims, data } = imagebindSound({ sampleRateHz: 16_000, channels: [tone(80_000)] });
    expect(dims).toEqual([3, 1, 128, 204]);
    expect(data[203]).toBeCloseTo(4.268 / 9.138, 6);
    expect(data[197]).not.toBeCloseTo(4.268 / 9.138, 3);
  });

  it('leaves the sound that it is given alone', () => {
    const channels = [tone(32_000)];
    imagebindSound({ sampleRateHz: 16_000, channels });
    expect(channels[0]).toEqual(tone(32_000));
  });

  it('takes the mean of all channels from the first', () => {
    const [left, right] = [tone(32_000), tone(32_000).fill(0.9)];
    const stereo = imagebindSound({ sampleRateHz: 16_000, channels: [left, right] });
    const mono = imagebindSound({ sampleRateHz: 16_000, channels: [left] });
    // Frames lose their own mean too, so that the difference is rounding only.
    expect(Math.max(...stereo.data.map((value, cell) => Math.abs(value - mono.data[cell]!)))).toBeLessThan(0.05);
  });

  it('refuses other rates, and less than a frame', () => {
    expect(() => imagebindSound({ sampleRateHz: 44_100, channels: [tone(400)] })).toThrow('16000 Hz, got 44100');
    expect(() => imagebindSound({ sampleRateHz: 16_000, channels: [tone(399)] })).toThrow('400 samples, got 399');
  });
});

describe('kaldiFbank', () => {
  it('has a row for each whole window and the smallest energy in silence', () => {
    expect(kaldiFbank(new Float32Array(399)).rows).toBe(0);
    const { rows, data } = kaldiFbank(new Float32Array(720));
    expect(rows).toBe(3);
    for (const value of data) expect(value).toBeCloseTo(Math.log(1.1920928955078125e-7), 5);
  });
});

describe('float32Sum', () => {
  it.each([0, 1, 7, 8, 31, 32, 33, 400, 511, 512, 32_000, 100_003])(
    'adds up %i samples to float32 accuracy',
    (length) => {
      const samples = Float32Array.from({ length }, (_, n) => Math.sin(n) + 0.1);
      const exact = samples.reduce((sum, sample) => sum + sample, 0);
      expect(Math.abs(float32Sum(samples) - exact)).toBeLessThan(1e-6 * (1 + length));
      expect(Math.fround(float32Sum(samples))).toBe(float32Sum(samples));
    },
  );
});
