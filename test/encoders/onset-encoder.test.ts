import { describe, expect, it } from 'vitest';
import { createOnsetEncoder } from '../../src/encoders/onset-encoder.js';

const sampleRateHz = 22050;
const strokeSeconds = [0.5, 1.1, 1.9, 2.6];

/** Decaying 440 Hz strokes. */
function strokes(durationSeconds: number): Float32Array {
  return Float32Array.from({ length: durationSeconds * sampleRateHz }, (_, n) => {
    const t = n / sampleRateHz;
    const began = strokeSeconds.findLast((time) => time <= t);
    return began === undefined ? 0 : 0.5 * Math.exp(-8 * (t - began)) * Math.sin(2 * Math.PI * 440 * (t - began));
  });
}

describe('createOnsetEncoder', () => {
  it('gives the time of each stroke with the length of the sound', async () => {
    const outcome = await createOnsetEncoder().encode(strokes(4));
    if (outcome.status !== 'ok') throw new Error(outcome.status);
    const { rows, columns, data } = outcome.value.onsets!;
    expect([rows, columns]).toEqual([4, 2]);
    strokeSeconds.forEach((time, row) => {
      // A frame is 23 ms long.
      expect(Math.abs(data[2 * row]! - time)).toBeLessThan(0.03);
      expect(data[2 * row + 1]).toBe(4);
    });
  });

  it('has no rows for silence', async () => {
    expect(await createOnsetEncoder().encode(new Float32Array(sampleRateHz))).toEqual({
      status: 'ok',
      value: { onsets: { rows: 0, columns: 2, data: new Float32Array(0) } },
    });
  });

  it('skips empty sound and fails on samples that are no numbers', async () => {
    expect((await createOnsetEncoder().encode(new Float32Array(0))).status).toBe('skipped');
    expect(await createOnsetEncoder().encode(Float32Array.of(0, Number.NaN))).toMatchObject({
      status: 'failed',
      error: { code: 'non-finite-sound' },
    });
  });

  it('stops when it is told to', async () => {
    const reason = new Error('stopped by the user');
    await expect(createOnsetEncoder().encode(strokes(1), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
