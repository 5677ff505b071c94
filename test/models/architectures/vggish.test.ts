import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vggish } from '../../../src/models/architectures/vggish.js';
import { importModel } from '../../../src/models/import/import-model.js';
import { openImportedModel } from '../../../src/models/import/imported-model.js';
import type { ModelSession, TensorData } from '../../../src/models/session.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { cardFacts } from '../../helpers/card-facts.js';
import { readNpy } from '../../helpers/npy.js';
import { recipeCheckpointOf } from '../../helpers/recipe-checkpoint.js';

/** Log-mel, weights and embedding of the official code (torchvggish f3f9096, PyTorch float32). */
const golden = 'test/fixtures/architectures/vggish';
let folder: string;
let session: ModelSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vggish-'));
  const checkpoint = recipeCheckpointOf(join(golden, 'manifest.json'));
  const options = { checkpoint, architecture: vggish, facts: cardFacts, folder: join(folder, 'model') };
  session = await openImportedModel(await importModel({ ...options, probes: vggish.probes }));
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const { data: logmel } = readNpy<Float32Array>(join(golden, 'tone2_15600.logmel_last.npy'));
const embeddingOf = async (examples: readonly Float32Array[]): Promise<TensorData> => {
  const data = Float32Array.from(examples.flatMap((example) => [...example]));
  return (await session.run({ logmel: { data, dims: [examples.length, 96, 64] } }, ['embedding'])).embedding;
};

describe('vggish', () => {
  it('gives the embedding of the official code', async () => {
    const { data, dims } = await embeddingOf([logmel]);
    expect(dims).toEqual([1, 128]);
    // 20 times the official code's own float32 error.
    expectAllClose(data, readNpy<Float32Array>(join(golden, 'tone2_15600.embedding.npy')).data, { atol: 2e-4 });
    expect(Math.min(...data), 'before the last ReLU').toBeLessThan(-1);
  });

  it('does not depend on what else is in the batch', async () => {
    const others = [logmel.map((value) => -value), logmel.map((value) => value / 2)];
    const alone = await embeddingOf([logmel]);
    const { data, dims } = await embeddingOf([others[0]!, logmel, others[1]!]);
    expect(dims).toEqual([3, 128]);
    expectAllClose(data.subarray(128, 256), alone.data, { atol: 2e-5 });
  });

  it('shows the probes', async () => {
    const { pool1, features } = await session.run({ logmel: { data: logmel, dims: [1, 96, 64] } }, [
      'pool1',
      'features',
    ]);
    expect([pool1.dims, features.dims]).toEqual([
      [1, 64, 48, 32],
      [1, 512, 6, 4],
    ]);
    expect(Math.min(...pool1.data), 'after the ReLU').toBeGreaterThanOrEqual(0);
  });
});
