import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { stereoWidth } from '../../src/dsp/stereo-width.js';

const rng = seededRng('width');
const noise = (): Float32Array => Float32Array.from({ length: 20_000 }, () => 0.1 * rng.normal());
const width = (...channels: Float32Array[]): ReturnType<typeof stereoWidth> =>
  stereoWidth({ sampleRateHz: 8000, channels });

describe('stereoWidth', () => {
  const left = noise();

  it('is 0 for mono and equal channels, 1 for opposite ones, 1/2 for one side alone', () => {
    expect(width(left)).toEqual({ status: 'ok', value: 0 });
    expect(width(left, left)).toEqual({ status: 'ok', value: 0 });
    expect(
      width(
        left,
        left.map((value) => -value),
      ),
    ).toEqual({ status: 'ok', value: 1 });
    expect(width(left, new Float32Array(left.length))).toEqual({ status: 'ok', value: 0.5 });
  });

  it('is about 1/2 for unrelated channels, and does not change with gain or swapped sides', () => {
    const right = noise();
    const outcome = width(left, right);
    expect(outcome).toMatchObject({ status: 'ok', value: expect.closeTo(0.5, 1) });
    expect(width(right, left)).toEqual(outcome);
    expect(
      width(
        left.map((value) => value / 4),
        right.map((value) => value / 4),
      ),
    ).toEqual(outcome);
  });

  it('is not defined for silence and for surround sound', () => {
    expect(width(new Float32Array(9), new Float32Array(9))).toMatchObject({ status: 'skipped' });
    expect(width(left, left, left)).toEqual({
      status: 'skipped',
      reason: 'stereo width is defined for one or two channels, got 3',
    });
  });
});
