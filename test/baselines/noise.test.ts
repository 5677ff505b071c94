import { describe, expect, it } from 'vitest';
import { noise } from '../../src/baselines/noise.js';
import type { Waveform } from '../../src/core/waveform.js';
import { integratedLoudness } from '../../src/dsp/loudness.js';
import { okValue } from './painted-videos.js';

const make = async (durationSeconds: number, seed: number): Promise<Waveform> =>
  okValue(await noise.generate({ durationSeconds, seed, views: {} }));

describe('noise', () => {
  it('is at -23 LUFS', async () => {
    expect(okValue(integratedLoudness(await make(5, 1)))).toBeCloseTo(-23, 3);
  });

  it('is as loud in a clip that is too short to measure', async () => {
    const rootMeanSquare = ({ channels }: Waveform): number =>
      Math.sqrt(channels[0]!.reduce((sum, sample) => sum + sample * sample, 0) / channels[0]!.length);
    const short = await make(0.2, 1);
    expect(short.channels[0]).toHaveLength(6400);
    const decibels = 20 * Math.log10(rootMeanSquare(short) / rootMeanSquare(await make(5, 1)));
    expect(Math.abs(decibels)).toBeLessThan(3);
  });

  it('depends on the seed and on nothing else', async () => {
    expect(await make(1, 1)).toEqual(await make(1, 1));
    expect((await make(1, 1)).channels[0]).not.toEqual((await make(1, 2)).channels[0]);
  });
});
