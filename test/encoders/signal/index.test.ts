import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../src/core/outcome.js';
import type { Waveform } from '../../../src/core/waveform.js';
import { createSignalFactEncoders } from '../../../src/encoders/signal/index.js';

const sampleRateHz = 48000;
const encoders = new Map(createSignalFactEncoders().map((encoder) => [encoder.id, encoder]));

async function fact(id: string, sound: Waveform): Promise<number | string> {
  const outcome = await encoders.get(id)!.encode(sound);
  if (outcome.status !== 'ok') return reasonOf(outcome);
  const { value } = outcome.value;
  expect([value!.rows, value!.columns]).toEqual([1, 1]);
  return value!.data[0]!;
}

/** 997 Hz on both channels, the right one at `rightLevel`. */
function tone(amplitude: number, rightLevel = 1): Waveform {
  const left = Float32Array.from(
    { length: 4 * sampleRateHz },
    (_, n) => amplitude * Math.sin((2 * Math.PI * 997 * n) / sampleRateHz),
  );
  return { sampleRateHz, channels: [left, left.map((value) => rightLevel * value)] };
}

describe('createSignalFactEncoders', () => {
  it('measures a stereo tone', async () => {
    const sound = tone(0.5);
    expect(await fact('signal-duration', sound)).toBe(4);
    expect(await fact('signal-clipping', sound)).toBe(0);
    expect(await fact('signal-silence', sound)).toBe(0);
    // A full-scale tone on two channels has -0.691 + 10 log10(2 x 1/2) + 0.691 = 0 LUFS (BS.1770-4).
    expect(await fact('signal-loudness', sound)).toBeCloseTo(-6.02, 2);
    expect(await fact('signal-loudness-range', sound)).toBeCloseTo(0, 3);
    expect(await fact('signal-true-peak', sound)).toBeCloseTo(-6.02, 1);
    expect(await fact('signal-dc-offset', sound)).toBeLessThan(1e-4);
    expect(await fact('signal-stereo-width', sound)).toBe(0);
    expect(await fact('signal-bandwidth', sound)).toBeLessThan(1100);
    expect(await fact('signal-centroid', sound)).toBeCloseTo(1000, -2);
  });

  it('reads every channel', async () => {
    expect(await fact('signal-stereo-width', tone(0.5, 0))).toBe(0.5);
    expect(await fact('signal-loudness', tone(0.5, 0))).toBeCloseTo(-6.02 - 3.01, 2);
  });

  it('measures silence where it has a value, and says why where it has none', async () => {
    const silence = tone(0);
    expect(await fact('signal-silence', silence)).toBe(1);
    expect(await fact('signal-clipping', silence)).toBe(0);
    expect(await fact('signal-dc-offset', silence)).toBe(0);
    expect(await fact('signal-loudness', silence)).toBe('silence: no 400 ms block is louder than -70 LUFS');
    expect(await fact('signal-loudness-range', silence)).toContain('silence');
    expect(await fact('signal-true-peak', silence)).toBe('digital silence has no peak');
    for (const id of ['signal-bandwidth', 'signal-centroid', 'signal-stereo-width'])
      expect(await fact(id, silence), id).toContain('digital silence has no');
  });

  it('skips empty sound and fails on samples that are no numbers, each of them', async () => {
    const broken = tone(0.5);
    broken.channels[1]![7] = Number.NaN;
    for (const [id, encoder] of encoders) {
      expect(await encoder.encode({ sampleRateHz, channels: [new Float32Array(0)] }), id).toEqual({
        status: 'skipped',
        reason: 'the sound is empty',
      });
      expect(await encoder.encode(broken), id).toMatchObject({
        status: 'failed',
        error: { code: 'non-finite-sound', message: 'sample 7 of channel 1 is NaN' },
      });
    }
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(encoders.get('signal-duration')!.encode(tone(0.5), { signal })).rejects.toThrow('enough');
  });
});
