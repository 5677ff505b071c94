import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { createLoudnessCurveEncoder } from '../../src/encoders/loudness-curve-encoder.js';

const sampleRateHz = 16000;

/** A 997 Hz sine with amplitude `level(t)`. */
function sine(durationSeconds: number, level: (seconds: number) => number): Float32Array {
  return Float32Array.from({ length: durationSeconds * sampleRateHz }, (_, n) => {
    const t = n / sampleRateHz;
    return level(t) * Math.sin(2 * Math.PI * 997 * t);
  });
}

async function curveOf(mono: Float32Array): Promise<FeatureMatrix> {
  const outcome = await createLoudnessCurveEncoder().encode(mono);
  if (outcome.status === 'ok') return outcome.value.curve!;
  throw new Error(JSON.stringify(outcome));
}

describe('createLoudnessCurveEncoder', () => {
  it('gives -3.01 LUFS for a full-scale 997 Hz sine (BS.1770-4)', async () => {
    const curve = await curveOf(sine(2, () => 1));
    expect([curve.rows, curve.columns]).toEqual([17, 2]);
    for (let row = 2; row < curve.rows; row++) expect(curve.data[2 * row + 1]).toBeCloseTo(-3.01, 1);
  });

  it("places each value at its window's centre", async () => {
    const curve = await curveOf(sine(1, () => 0.5));
    const times = [...curve.data].filter((_, index) => index % 2 === 0);
    expect(times).toEqual([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8].map((time) => expect.closeTo(time, 6)));
  });

  it('follows a step of 20 dB where it happens', async () => {
    const curve = await curveOf(sine(4, (t) => (t < 2 ? 0.05 : 0.5)));
    const at = (seconds: number): number => curve.data[2 * Math.round((seconds - 0.2) / 0.1) + 1]!;
    expect(at(3) - at(1)).toBeCloseTo(20, 2);
    expect(at(1.7)).toBeCloseTo(at(1), 1);
    expect(at(2.3)).toBeCloseTo(at(3), 1);
    expect(at(2)).toBeLessThan(at(3) - 2);
  });

  it('floors silence at -70', async () => {
    const curve = await curveOf(new Float32Array(sampleRateHz));
    for (let row = 0; row < curve.rows; row++) expect(curve.data[2 * row + 1]).toBe(-70);
  });

  it('skips sound shorter than a window and fails on samples that are no numbers', async () => {
    expect((await createLoudnessCurveEncoder().encode(new Float32Array(6399))).status).toBe('skipped');
    expect(await createLoudnessCurveEncoder().encode(new Float32Array(9000).fill(Number.NaN))).toMatchObject({
      status: 'failed',
      error: { code: 'non-finite-sound' },
    });
  });
});
