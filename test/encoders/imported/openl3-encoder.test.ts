import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeatureMatrix, Features } from '../../../src/core/features.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { bench1, protocolById } from '../../../src/core/protocols/index.js';
import type { AudioEncoder, StereoEncoder } from '../../../src/encoders/encoder.js';
import { encodersOver } from '../../../src/encoders/imported/index.js';
import { roundToHalf } from '../../../src/metrics/half-precision.js';
import { openCheckpoint } from '../../../src/models/checkpoint/open-checkpoint.js';
import type { ImportedModel } from '../../../src/models/import/imported-model.js';
import { importOfficial } from '../../../src/models/official/import-official.js';
import { findOfficialModel } from '../../../src/models/official/index.js';
import { prepareAudio } from '../../../src/run/prepare-audio.js';
import { readEncoderFixture } from '../../../src/verify/fixture.js';
import { type AudioInput, isAudioInput } from '../../../src/verify/golden.js';
import { audioSamples } from '../../../src/verify/recipe.js';
import { recipeCheckpoint } from '../../../src/verify/recipe-checkpoint.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { readNpy } from '../../helpers/npy.js';

/** Made by the official code (test/fixtures/encoders/openl3_mel256/golden.py). */
const fixture = (path: string): string => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const official = findOfficialModel('openl3-mel256-music');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openl3-'));
});
afterAll(() => rm(folder, { recursive: true }));

function embeddingOf(outcome: Outcome<Features>): FeatureMatrix {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value.embedding!;
}

describe('OpenL3 from a file of Keras', () => {
  let model: ImportedModel;
  let tone: Float32Array;
  beforeAll(async () => {
    await using checkpoint = await openCheckpoint(fixture('openl3/small-v0_4_0.h5.gz'));
    model = (await importOfficial(official, { checkpoint, modelsFolder: join(folder, 'small') }))[0]!;
    const { golden } = await readEncoderFixture(fixture('encoders/openl3_mel256'));
    tone = audioSamples(golden.inputs.filter(isAudioInput).find(({ id }) => id === 'tone_1s')!);
  });

  it('gives what the official network with so many channels gives', async () => {
    const { rows, columns, data } = embeddingOf(await (encodersOver(model, bench1)[0] as AudioEncoder).encode(tone));
    expect([rows, columns]).toEqual([2, 16]);
    expect(model.card).toMatchObject({ trained: true, source: { format: 'keras-hdf5' }, licence: 'CC-BY-4.0' });
    expectAllClose(data, readNpy<Float32Array>(fixture('openl3/small.embedding.npy')).data, { rtol: 1e-4, atol: 1e-4 });
  });

  it('puts the channels side by side, takes one as both and no third', async () => {
    const [mono, stereo] = encodersOver(model, bench1) as [AudioEncoder, StereoEncoder];
    expect([stereo.id, stereo.outputs[0]!.columns]).toEqual(['openl3-mel256-music-stereo', 32]);
    const other = tone.map((sample, n) => sample * Math.sin(n / 900));
    const [left, right] = [embeddingOf(await mono.encode(tone)).data, embeddingOf(await mono.encode(other)).data];
    const both = embeddingOf(await stereo.encode([tone, other]));
    expect([both.rows, both.columns]).toEqual([2, 32]);
    expect([...both.data.subarray(32)]).toEqual([...left.subarray(16), ...right.subarray(16)]);
    expect(embeddingOf(await stereo.encode([tone, other, tone]))).toEqual(both);
    const one = embeddingOf(await stereo.encode([tone])).data;
    expect([...one]).toEqual(
      [0, 16].flatMap((row) => [...left.subarray(row, row + 16), ...left.subarray(row, row + 16)]),
    );
  });

  it('rounds what both encoders give where the tool does', async () => {
    const [mono, stereo] = encodersOver(model, bench1) as [AudioEncoder, StereoEncoder];
    const [halfMono, halfStereo] = encodersOver(model, protocolById('kadtk')) as [AudioEncoder, StereoEncoder];
    const rounded = (matrix: FeatureMatrix): number[] => [...matrix.data].map(roundToHalf);
    expect([...embeddingOf(await halfMono.encode(tone)).data]).toEqual(rounded(embeddingOf(await mono.encode(tone))));
    expect([...embeddingOf(await halfStereo.encode([tone])).data]).toEqual(
      rounded(embeddingOf(await stereo.encode([tone]))),
    );
  });

  it('says what cannot be encoded and warns of silence in both channels only', async () => {
    const stereo = encodersOver(model, bench1)[1] as StereoEncoder;
    const silence = new Float32Array(tone.length);
    expect(await stereo.encode([])).toEqual({ status: 'skipped', reason: 'the sound is empty' });
    expect(await stereo.encode([tone, tone.with(3, Number.NaN)])).toMatchObject({ status: 'failed' });
    expect(await stereo.encode([silence, tone])).not.toHaveProperty('warnings');
    expect(await stereo.encode([silence, silence])).toMatchObject({ warnings: [expect.stringContaining('silence')] });
  });
});

describe('OpenL3 under stable-audio-metrics', () => {
  const protocol = protocolById('stable-audio-metrics');

  it('gives the embeddings of the tool for two channels, and for one', { timeout: 120_000 }, async () => {
    const { manifest } = await readEncoderFixture(fixture('encoders/openl3_mel256'));
    await using checkpoint = recipeCheckpoint(manifest!, 'manifest.json');
    const [model] = await importOfficial(official, { checkpoint, modelsFolder: join(folder, 'whole') });
    const stereo = encodersOver(model!, protocol)[1] as StereoEncoder;
    const { inputs } = JSON.parse(await readFile(fixture('openl3/stereo.json'), 'utf8')) as {
      readonly inputs: readonly AudioInput[];
    };
    const channels = inputs.map(audioSamples);
    const embedded = async (heard: readonly Float32Array[]): Promise<Float32Array> => {
      const prepared = prepareAudio({ sampleRateHz: 44_100, channels: heard }, { protocol, leadingSilenceSeconds: 0 });
      if (prepared.status !== 'ok') throw new Error(JSON.stringify(prepared));
      return embeddingOf(await stereo.encode(prepared.value.channelsFor(stereo))).data;
    };
    // The bands above 22.05 kHz hold the rounding of a float32 transform: half as much was seen. Windows differ by some 0.4.
    const tolerance = { atol: 0.01 };
    const both = await embedded(channels);
    expectAllClose(both, readNpy<Float32Array>(fixture('openl3/stereo.npy')).data, tolerance);
    const one = await embedded(channels.slice(0, 1));
    expectAllClose(one.subarray(0, 1024), readNpy<Float32Array>(fixture('openl3/mono-as-stereo.npy')).data, tolerance);
  });
});
