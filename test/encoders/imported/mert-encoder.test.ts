import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import type { Protocol } from '../../../src/core/protocol.js';
import { bench1, protocolById } from '../../../src/core/protocols/index.js';
import { standardised } from '../../../src/dsp/standardised.js';
import type { AudioEncoder } from '../../../src/encoders/encoder.js';
import { encodersOver, modelIdOf } from '../../../src/encoders/imported/index.js';
import { meansOfSeconds } from '../../../src/encoders/imported/means-of-seconds.js';
import { roundToHalf } from '../../../src/metrics/half-precision.js';
import { importedSpaces } from '../../../src/metrics/spaces.js';
import { type ImportedModel, openImportedModel } from '../../../src/models/import/imported-model.js';
import { importUntrained } from '../../../src/models/untrained/import-untrained.js';
import { untrainedNetworks } from '../../../src/models/untrained/networks.js';

let folder: string;
let model: ImportedModel;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mert-encoder-'));
  model = await importUntrained(untrainedNetworks.find(({ id }) => id === 'mert-v1-95m')!, { folder });
});
afterAll(() => rm(folder, { recursive: true }));

const encoders = (protocol: Protocol): readonly AudioEncoder[] => encodersOver(model, protocol) as AudioEncoder[];
const layer = (protocol: Protocol, number: number): AudioEncoder =>
  encoders(protocol).find(({ id }) => id === (number === 12 ? 'mert-v1-95m' : `mert-v1-95m-layer-${number}`))!;
const music = (seconds: number): Float32Array =>
  Float32Array.from({ length: Math.round(24_000 * seconds) }, (_, n) => 0.3 * Math.sin(n / 20 + Math.sin(n / 3000)));

async function embedding(encoder: AudioEncoder, sound: Float32Array): Promise<FeatureMatrix> {
  const outcome = await encoder.encode(sound);
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value.embedding!;
}

/** The network's own answer to a whole sound. */
async function frames(sound: Float32Array, number: number): Promise<FeatureMatrix> {
  await using session = await openImportedModel(model);
  const results = await session.run<string>({ samples: { data: standardised(sound), dims: [1, sound.length] } });
  const { data, dims } = results[`layer_${number}`]!;
  return { rows: dims[1]!, columns: dims[2]!, data };
}

describe('the encoders over MERT', () => {
  it('are one for each block, the last under the id of the model', () => {
    const all = encoders(bench1);
    expect(all.map(({ id }) => id)).toEqual([
      'mert-v1-95m',
      ...Array.from({ length: 11 }, (_, index) => `mert-v1-95m-layer-${index + 1}`),
    ]);
    for (const { id, summary, trained } of all) {
      expect(modelIdOf(id)).toBe('mert-v1-95m');
      expect(summary).toContain('UNTRAINED');
      expect(trained).toBe(false);
    }
    expect(importedSpaces.map(({ encoder }) => encoder)).toEqual(expect.arrayContaining(all.map(({ id }) => id)));
    expect(new Set(all.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(12);
  });

  it('give frames of the whole sound in half precision under fadtk', async () => {
    const sound = music(3.3);
    const expected = await frames(sound, 4);
    expect(expected.rows).toBe(247);
    expect(await embedding(layer(protocolById('fadtk-1.1'), 4), sound)).toEqual({
      ...expected,
      data: expected.data.map(roundToHalf),
    });
  });

  it('give means of a second under kadtk', async () => {
    const sound = music(3.3);
    const expected = meansOfSeconds(await frames(sound, 12), 3.3);
    expect(expected.rows).toBe(3);
    expect(await embedding(layer(protocolById('kadtk'), 12), sound)).toEqual({
      ...expected,
      data: expected.data.map(roundToHalf),
    });
  });

  it('hear 30 s at a time under other protocols, and a rest of a second', async () => {
    const sound = music(62);
    const { rows, columns, data } = await embedding(layer(bench1, 1), sound);
    expect([rows, columns]).toEqual([62, 64]);
    const last = meansOfSeconds(await frames(sound.slice(60 * 24_000), 1), 2);
    expect([...data.subarray(60 * 64)]).toEqual([...last.data]);
    expect((await embedding(layer(bench1, 1), music(60.9))).rows).toBe(60);
  });

  it('cut at six minutes where the tools do', () => {
    for (const id of ['fadtk-1.1', 'kadtk'])
      expect(layer(protocolById(id), 1).parameters.windowSamples).toBe(8_640_000);
  });

  it('give each layer the same, alone or from one run with others', async () => {
    const [one, other] = [music(2), music(2.5)];
    const together = encoders(bench1);
    for (const sound of [one, other])
      for (const number of [12, 1, 4])
        expect(await embedding(together.find(({ parameters }) => parameters.layer === number)!, sound)).toEqual(
          await embedding(layer(bench1, number), sound),
        );
  });

  it.each([
    ['bench-1', 0.9, 'shorter than 1 s'],
    ['kadtk', 0.5, 'shorter than 1 s'],
    ['fadtk-1.1', 0.01, 'shorter than 0.017 s'],
  ])('under %s skip %f s with the reason', async (id, seconds, reason) => {
    expect(await layer(protocolById(id), 12).encode(music(seconds))).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining(reason),
    });
  });

  it('embed digital silence with a warning', async () => {
    const outcome = await layer(bench1, 12).encode(new Float32Array(48_000));
    expect(outcome).toMatchObject({ status: 'ok', warnings: [expect.stringContaining('digital silence')] });
    if (outcome.status === 'ok') expect(outcome.value.embedding!.data.every(Number.isFinite)).toBe(true);
  });
});
