import { describe, expect, it } from 'vitest';
import { createBeatsEncoder } from '../../src/encoders/beats-encoder.js';
import { okValue } from '../baselines/painted-videos.js';
import { sampleRateHz, strokes } from './strokes.js';

describe('createBeatsEncoder', () => {
  it('finds the beats of strokes at 120 bpm', async () => {
    const { beats } = okValue(await createBeatsEncoder().encode(strokes(12)));
    expect(beats!.columns).toBe(2);
    expect(beats!.rows).toBeGreaterThan(18);
    for (let row = 0; row < beats!.rows; row++) {
      const time = beats!.data[2 * row]!;
      expect(Math.abs(time - Math.round(2 * time) / 2)).toBeLessThan(0.05);
      expect(beats!.data[2 * row + 1]).toBe(12);
    }
  });

  it('skips sound in which nothing begins, and refuses what is no sound', async () => {
    expect(await createBeatsEncoder().encode(new Float32Array(3 * sampleRateHz))).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining('no beat'),
    });
    expect(await createBeatsEncoder().encode(Float32Array.of(0, Number.NaN))).toMatchObject({ status: 'failed' });
    expect(await createBeatsEncoder().encode(new Float32Array(0))).toMatchObject({ status: 'skipped' });
  });
});
