import { describe, expect, it } from 'vitest';
import { synchformerLogMel, synchformerSegments } from '../../src/dsp/synchformer-log-mel.js';

const padding = 4.2677393 / (2 * 4.5689974);

// Cells of the official code are compared in test/verify/encoders.test.ts.
describe('synchformerSegments', () => {
  it('begins one every 5120 samples and drops an incomplete one', () => {
    const sound = Float32Array.from({ length: 20_479 }, (_, n) => n);
    expect(synchformerSegments(sound).map((segment) => [segment[0], segment.length])).toEqual([
      [0, 10_240],
      [5120, 10_240],
    ]);
    expect(synchformerSegments(sound.subarray(0, 10_239))).toEqual([]);
  });
});

describe('synchformerLogMel', () => {
  it('has 66 frames of 128 bands, the last of zeros that were put there after the logarithm', () => {
    const data = synchformerLogMel(new Float32Array(10_240));
    expect(data).toHaveLength(66 * 128);
    const silence = (Math.log(1e-6) + 4.2677393) / (2 * 4.5689974);
    data.forEach((value, index) => {
      expect(value).toBeCloseTo(index < 65 * 128 ? silence : padding, 6);
    });
  });

  it('is largest in the band of a tone', () => {
    const tone = Float32Array.from({ length: 10_240 }, (_, n) => Math.sin((2 * Math.PI * 1000 * n) / 16_000));
    const frame = [...synchformerLogMel(tone).subarray(30 * 128, 31 * 128)];
    const loudest = frame.indexOf(Math.max(...frame));
    const mel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
    expect(Math.abs(loudest + 1 - (mel(1000) / mel(8000)) * 129)).toBeLessThan(1);
  });

  it('refuses another length', () => {
    expect(() => synchformerLogMel(new Float32Array(10_241))).toThrow('10240 samples, got 10241');
  });
});
