import { describe, expect, it } from 'vitest';
import type { Features } from '../../src/core/features.js';
import type { Ok } from '../../src/core/outcome.js';
import type { AudioEncoder } from '../../src/encoders/encoder.js';
import { createMusicnnEncoder } from '../../src/encoders/musicnn-encoder.js';
import { findModel } from '../../src/models/catalogue.js';
import { expectAllClose } from '../helpers/all-close.js';
import { musicnnFixture, musicnnSignal, musicnnSignals } from '../helpers/musicnn-signals.js';
import { readNpy } from '../helpers/npy.js';

const variants = ['mtt', 'msd'] as const;

async function encoded(encoder: AudioEncoder, mono: Float32Array): Promise<Ok<Features>> {
  const outcome = await encoder.encode(mono);
  if (outcome.status === 'ok') return outcome;
  throw new Error(JSON.stringify(outcome));
}

describe.each(variants)('createMusicnnEncoder(%s)', (variant) => {
  const encoder = createMusicnnEncoder(variant);
  const tolerances = { tags: 1e-4, logits: 1e-3, penultimate: 1e-3 };

  it.each(musicnnSignals)('agrees with the golden values on %s', async (name) => {
    const { value } = await encoded(encoder, musicnnSignal(name));
    for (const [output, atol] of Object.entries(tolerances)) {
      const { shape, data } = readNpy<Float32Array>(musicnnFixture(`${variant}.${output}.npy`));
      const columns = shape[1] as number;
      const row = musicnnSignals.indexOf(name);
      expect([value[output]?.rows, value[output]?.columns], output).toEqual([1, columns]);
      expectAllClose(value[output]!.data, data.subarray(row * columns, (row + 1) * columns), { atol });
    }
  });

  it('describes its weights and its outputs', () => {
    expect(encoder.id).toBe(`musicnn-${variant}`);
    expect(encoder.weightsSha256).toBe(findModel(`musicnn-${variant}`).card.sha256);
    expect([encoder.sampleRateHz, encoder.loudnessMatched]).toEqual([16000, true]);
    expect(encoder.outputs.map(({ name, columns }) => [name, columns])).toEqual([
      ['penultimate', 200],
      ['tags', 50],
      ['logits', 50],
    ]);
  });
});

describe('the windows of createMusicnnEncoder', () => {
  const encoder = createMusicnnEncoder('mtt');
  const music = musicnnSignal('arpeggio', 20.5 * 16000);

  it('gives one row a second, whatever the batch size', async () => {
    const single = await encoded(createMusicnnEncoder('mtt', { batchSize: 1 }), music);
    const odd = await encoded(createMusicnnEncoder('mtt', { batchSize: 7 }), music);
    const usual = await encoded(encoder, music);
    for (const output of ['penultimate', 'tags', 'logits']) {
      expect(usual.value[output]?.rows).toBe(18);
      expectAllClose(odd.value[output]!.data, single.value[output]!.data, { atol: 1e-5 });
      expectAllClose(usual.value[output]!.data, single.value[output]!.data, { atol: 1e-5 });
    }
  });

  it('gives a window values that do not depend on what follows it', async () => {
    const longer = await encoded(encoder, music);
    // Window 4 ends within the seventh second, so its row is the last one of 7 s.
    const cut = await encoded(encoder, music.subarray(0, 7 * 16000));
    expect(cut.value.tags?.rows).toBe(5);
    expectAllClose(cut.value.tags!.data, longer.value.tags!.data.subarray(0, 5 * 50), { atol: 1e-5 });
    expect(cut.value.tags!.data.subarray(0, 50)).not.toEqual(cut.value.tags!.data.subarray(50, 100));
  });

  it('gives the same bits to clips that are encoded at the same time', async () => {
    const clips = musicnnSignals.map((name) => musicnnSignal(name, 4 * 16000));
    const fresh = createMusicnnEncoder('mtt');
    const together = await Promise.all(clips.map((clip) => encoded(fresh, clip)));
    for (const [index, clip] of clips.entries()) expect(together[index]).toEqual(await encoded(encoder, clip));
  });
});

describe('sound that does not reach the network', () => {
  const encoder = createMusicnnEncoder('mtt');

  it('skips digital silence', async () => {
    const outcome = await encoder.encode(new Float32Array(4 * 16000));
    expect(outcome).toEqual({ status: 'skipped', reason: 'the sound is digital silence' });
  });

  it('skips empty and short sound', async () => {
    expect(await encoder.encode(new Float32Array(0))).toEqual({ status: 'skipped', reason: 'the sound is empty' });
    const short = await encoder.encode(musicnnSignal('chirp', 16000));
    expect(short).toMatchObject({ status: 'skipped', reason: expect.stringContaining('lasts 1.00 s') });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('fails on a sample that is %s', async (broken) => {
    const sound = musicnnSignal('chirp');
    sound[100] = broken;
    expect(await encoder.encode(sound)).toEqual({
      status: 'failed',
      error: { code: 'non-finite-sound', message: `sample 100 of the sound is ${broken}` },
    });
  });

  it('warns of silent windows in audible sound', async () => {
    const sound = new Float32Array(6 * 16000);
    sound.set(musicnnSignal('chirp', 2 * 16000), 4 * 16000);
    const outcome = await encoded(encoder, sound);
    expect(outcome.value.tags?.rows).toBe(4);
    expect(outcome.warnings).toEqual(['2 of 4 windows are digital silence, whose tags mean nothing']);
  });

  it('stops when it is told to', async () => {
    const reason = new Error('stopped by the user');
    await expect(encoder.encode(musicnnSignal('chirp'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
