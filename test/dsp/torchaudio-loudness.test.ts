import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { torchaudioLoudness } from '../../src/dsp/torchaudio-loudness.js';
import { goldenSound } from '../helpers/vidmuse-sounds.js';

interface Case {
  readonly name: string;
  readonly samples: number;
  readonly input_lkfs?: number;
  readonly input_lkfs_float64_with_clamp?: number;
}

const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../fixtures/vidmuse/loudness.json', import.meta.url), 'utf8'),
);
const sampleRateHz = 32_000;

function measured(sound: Float32Array): number {
  const loudness = torchaudioLoudness(sound, sampleRateHz);
  if (loudness.status !== 'ok') throw new Error(loudness.status);
  return loudness.value;
}

describe('torchaudioLoudness', () => {
  it.each(cases.filter(({ input_lkfs }) => input_lkfs !== undefined).map((golden) => [golden.name, golden] as const))(
    'measures %s as torchaudio does, and as its formula in float64',
    (name, { samples, input_lkfs, input_lkfs_float64_with_clamp }) => {
      const own = measured(goldenSound(name, samples));
      expect(Math.abs(own - input_lkfs!)).toBeLessThan(5e-3);
      expect(Math.abs(own - input_lkfs_float64_with_clamp!)).toBeLessThan(1e-5);
    },
  );

  it('rises by the gain in dB below full scale', () => {
    const sound = goldenSound('noise_tenth', 32_000);
    expect(measured(sound.map((sample) => sample / 10)) - measured(sound)).toBeCloseTo(-20, 4);
  });

  it('needs 0.4 s', () => {
    const sound = goldenSound('noise_tenth', 12_800);
    expect(torchaudioLoudness(sound, sampleRateHz).status).toBe('ok');
    expect(torchaudioLoudness(sound.subarray(1), sampleRateHz)).toMatchObject({ status: 'skipped' });
  });

  it('skips silence', () => {
    expect(torchaudioLoudness(new Float32Array(32_000), sampleRateHz)).toEqual({
      status: 'skipped',
      reason: 'silence: no block passes the gate',
    });
  });
});
