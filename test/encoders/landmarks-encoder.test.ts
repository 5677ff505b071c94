import { describe, expect, it } from 'vitest';
import { landmarksOfMatrix } from '../../src/dsp/landmark-matrix.js';
import { findLandmarks } from '../../src/dsp/landmarks.js';
import { createLandmarksEncoder } from '../../src/encoders/landmarks-encoder.js';
import { chords } from '../helpers/chords.js';

const encoder = createLandmarksEncoder();

describe('createLandmarksEncoder', () => {
  it('gives the landmarks of the sound without a loss', async () => {
    const sound = chords('one', 10);
    const outcome = await encoder.encode(sound);
    if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
    expect(outcome.value.landmarks!.rows).toBeGreaterThan(100);
    expect(landmarksOfMatrix(outcome.value.landmarks!)).toEqual([findLandmarks(sound)]);
  });

  it('has no rows for silence, skips empty sound, and fails on broken or endless sound', async () => {
    expect(await encoder.encode(new Float32Array(16_000))).toMatchObject({ value: { landmarks: { rows: 0 } } });
    expect((await encoder.encode(new Float32Array(0))).status).toBe('skipped');
    expect((await encoder.encode(new Float32Array(9).fill(Number.NaN))).status).toBe('failed');
    expect(await encoder.encode(new Float32Array(2 ** 24 + 1))).toMatchObject({ error: { code: 'sound-too-long' } });
  });
});
