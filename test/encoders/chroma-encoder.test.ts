import { describe, expect, it } from 'vitest';
import { createChromaEncoder } from '../../src/encoders/chroma-encoder.js';

const encoder = createChromaEncoder();
const tone = (hz: number, seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * 32000 }, (_, n) => 0.3 * Math.sin((2 * Math.PI * hz * n) / 32000));

describe('createChromaEncoder', () => {
  it.each([
    [261.63, 0],
    [440, 9],
    [987.77, 11],
  ])('hears the pitch class of %f Hz', async (hz, pitch) => {
    const outcome = await encoder.encode(tone(hz, 10));
    if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
    const { rows, columns, data } = outcome.value.chroma!;
    expect([rows, columns]).toEqual([79, 12]);
    for (let row = 0; row < rows; row++) expect(data[12 * row + pitch]).toBe(1);
  });

  it('skips empty sound and fails on samples that are no numbers', async () => {
    expect((await encoder.encode(new Float32Array(0))).status).toBe('skipped');
    expect((await encoder.encode(new Float32Array(9).fill(Number.NaN))).status).toBe('failed');
  });
});
