import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htsat } from '../../../src/models/architectures/htsat.js';
import { importModel } from '../../../src/models/import/import-model.js';
import { openImportedModel } from '../../../src/models/import/imported-model.js';
import type { ModelSession, TensorData } from '../../../src/models/session.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { cardFacts } from '../../helpers/card-facts.js';
import { memoryCheckpoint } from '../../helpers/memory-checkpoint.js';
import { recipeCheckpointOf } from '../../helpers/recipe-checkpoint.js';

// Values of the official code are compared in test/verify/encoders.test.ts.
const checkpoint = recipeCheckpointOf('test/fixtures/encoders/clap_tiny/manifest.json');
let folder: string;
let session: ModelSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'htsat-'));
  const options = { checkpoint, architecture: htsat, facts: cardFacts, folder: join(folder, 'model') };
  session = await openImportedModel(await importModel(options));
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const frames = 1001 * 64;
const sound = (seed: number): Float32Array =>
  Float32Array.from({ length: frames }, (_, index) => -40 + 25 * Math.sin(index * (0.01 + seed / 100)));
const run = (data: Float32Array): Promise<Record<string, TensorData>> =>
  session.run<string>({ logmel: { data, dims: [data.length / frames, 1001, 64] } });

describe('htsat', () => {
  it('finds the dimensions of the tiny network in its tensors', () => {
    expect(htsat.describe(checkpoint)).toEqual({
      melBands: 64,
      width: 96,
      stages: [
        { depth: 2, heads: 4 },
        { depth: 2, heads: 8 },
        { depth: 6, heads: 16 },
        { depth: 2, heads: 32 },
      ],
      embedding: 512,
    });
  });

  it('takes any number of windows, each by itself, and gives the same bits twice', async () => {
    const [a, b] = [sound(1), sound(2)];
    const both = await run(Float32Array.from([...a, ...b]));
    const alone = await run(b);
    expect([both.embedding!.dims, both.latent!.dims]).toEqual([
      [2, 512],
      [2, 768],
    ]);
    expectAllClose(both.embedding!.data.subarray(512), alone.embedding!.data, { atol: 1e-6 });
    expect((await run(b)).embedding!.data).toEqual(alone.embedding!.data);
    expect(Math.hypot(...alone.embedding!.data)).toBeCloseTo(1, 5);
  });

  it('refuses the network with fusion, whose patches have another layer', async () => {
    const extra = { ...checkpoint.tensors.get('audio_branch.patch_embed.proj.weight')! };
    const name = 'audio_branch.patch_embed.mel_conv2d.weight';
    const fusion = { ...checkpoint, tensors: new Map([...checkpoint.tensors, [name, { ...extra, name }]]) };
    const options = { checkpoint: fusion, architecture: htsat, facts: cardFacts, folder: join(folder, 'fusion') };
    await expect(importModel(options)).rejects.toThrow(`1 tensor is not expected: ${name}`);
  });

  it('refuses a file without the tower', async () => {
    const other = memoryCheckpoint({ weight: { shape: [1], data: Float32Array.of(1) } });
    const options = { checkpoint: other, architecture: htsat, facts: cardFacts, folder: join(folder, 'other') };
    await expect(importModel(options)).rejects.toThrow('this is not a checkpoint of clap-htsat');
  });
});
