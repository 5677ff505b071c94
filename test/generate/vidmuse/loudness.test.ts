import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { upstreamLoudness } from '../../../src/generate/vidmuse/loudness.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { goldenSound } from '../../helpers/vidmuse-sounds.js';

interface Case {
  readonly name: string;
  readonly samples: number;
  readonly first8?: readonly number[];
  readonly at_30000?: number;
  readonly sum?: number;
  readonly sum_sq?: number;
  readonly unchanged?: boolean;
}

const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/vidmuse/loudness.json', import.meta.url), 'utf8'),
);
const sampleRateHz = 32_000;

describe('upstreamLoudness', () => {
  it.each(cases.filter(({ first8 }) => first8 !== undefined).map((golden) => [golden.name, golden] as const))(
    'makes of %s what the official code makes',
    (name, { samples, first8, at_30000, sum_sq, unchanged }) => {
      const sound = goldenSound(name, samples);
      const own = upstreamLoudness(sound, sampleRateHz);
      expectAllClose(own.subarray(0, 8), first8!, { atol: 1e-4 });
      expectAllClose(own.subarray(30_000, 30_001), [at_30000!], { atol: 1e-4 });
      const squares = own.reduce((sum, sample) => sum + sample * sample, 0);
      expectAllClose([squares], [sum_sq!], { rtol: 1e-3 });
      if (unchanged) expect(own).toEqual(sound);
    },
  );

  it('leaves quiet sound, silence and sound below 0.4 s as they are', () => {
    for (const sound of [goldenSound('quiet', 64_000), new Float32Array(32_000), goldenSound('short_0p3s', 9600)])
      expect(upstreamLoudness(sound, sampleRateHz)).toEqual(sound);
    expect(upstreamLoudness(new Float32Array(0), sampleRateHz)).toHaveLength(0);
  });

  it('holds every sample within full scale and leaves what it was given', () => {
    const sound = goldenSound('noise_three', 32_000);
    const before = sound.slice();
    expect(upstreamLoudness(sound, sampleRateHz).every((sample) => Math.abs(sample) <= 1)).toBe(true);
    expect(sound).toEqual(before);
  });
});
