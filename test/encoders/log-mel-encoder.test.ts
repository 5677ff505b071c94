import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { seededRng } from '../../src/core/rng.js';
import { createLogMelEncoder } from '../../src/encoders/log-mel-encoder.js';
import { expectAllClose } from '../helpers/all-close.js';

const encoder = createLogMelEncoder();
const rng = seededRng('log-mel');
const noise = Float32Array.from({ length: 64000 }, () => 0.1 * rng.normal());

async function levelsOf(mono: Float32Array): Promise<FeatureMatrix> {
  const outcome = await encoder.encode(mono);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value.levels!;
}

describe('createLogMelEncoder', () => {
  it('gives 20 frames a second whose mean power is 0 dB', async () => {
    const { rows, columns, data } = await levelsOf(noise);
    expect([rows, columns]).toEqual([41, 64]);
    const mean = data.reduce((sum, level) => sum + 10 ** (level / 10), 0) / data.length;
    expect(mean).toBeCloseTo(1, 5);
  });

  it('does not change with gain', async () => {
    expectAllClose((await levelsOf(noise.map((value) => value / 32))).data, (await levelsOf(noise)).data, {
      atol: 1e-4,
    });
  });

  it('puts silence inside the sound at -80 dB', async () => {
    const { data } = await levelsOf(noise.map((value, n) => (n < 32000 ? value : 0)));
    for (let band = 0; band < 64; band++) expect(data[30 * 64 + band]).toBe(-80);
  });

  it('skips silence and empty sound, and fails on samples that are no numbers', async () => {
    expect(await encoder.encode(new Float32Array(32000))).toMatchObject({ reason: 'the sound is digital silence' });
    expect((await encoder.encode(new Float32Array(0))).status).toBe('skipped');
    expect((await encoder.encode(new Float32Array(9).fill(Number.NaN))).status).toBe('failed');
  });
});
