import { describe, expect, it } from 'vitest';
import { meansOfSeconds } from '../../../src/encoders/imported/means-of-seconds.js';

/** Frame k of the sound is k, and 2k in a second column. */
const counting = (rows: number): { rows: number; columns: number; data: Float32Array } => ({
  ...{ rows, columns: 2 },
  data: Float32Array.from({ length: 2 * rows }, (_, index) => Math.floor(index / 2) * (1 + (index % 2))),
});

describe('meansOfSeconds', () => {
  // kadtk 8bda71d, `postprocess_resoultion` in PyTorch 2.15 on as many frames as HuBERT has of so many samples at 24 kHz.
  it.each([
    [24_000, 74, [36.5]],
    [23_760, 74, [36.5]],
    [36_000, 112, [36.5]],
    [79_200, 247, [36.5, 110.5, 184.5]],
    [288_777, 902, Array.from({ length: 12 }, (_, second) => 36.5 + 74 * second)],
  ])('of %i samples is kadtk’s', (samples, frames, means) => {
    const { rows, columns, data } = meansOfSeconds(counting(frames), samples / 24_000);
    expect([rows, columns]).toEqual([means.length, 2]);
    expect([...data]).toEqual(means.flatMap((mean) => [mean, 2 * mean]));
  });

  it('has no row for less than a second, where kadtk stops with an error', () => {
    expect(meansOfSeconds(counting(37), 0.5)).toEqual({ rows: 0, columns: 2, data: new Float32Array(0) });
    expect(meansOfSeconds(counting(0), 0.01).rows).toBe(0);
  });
});
