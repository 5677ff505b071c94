import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCnn14 } from '../../../src/models/architectures/cnn14.js';
import { importModel } from '../../../src/models/import/import-model.js';
import { openImportedModel } from '../../../src/models/import/imported-model.js';
import type { ModelSession, TensorData } from '../../../src/models/session.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { cardFacts } from '../../helpers/card-facts.js';
import { readNpy } from '../../helpers/npy.js';
import { recipeCheckpointOf } from '../../helpers/recipe-checkpoint.js';

/** Log-mel, weights and outputs of the official code (audioset_tagging_cnn d2f4b8c, PyTorch float32). */
const golden = 'test/fixtures/architectures/cnn14_16k';
const architecture = createCnn14('cnn14-16k');
const checkpoint = recipeCheckpointOf(join(golden, 'manifest.json'));
let folder: string;
let session: ModelSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cnn14-'));
  const options = { checkpoint, architecture, facts: cardFacts, folder: join(folder, 'model') };
  session = await openImportedModel(await importModel({ ...options, probes: architecture.probes }));
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const goldenOf = (name: string): Float32Array => readNpy<Float32Array>(join(golden, `tone3_32frames.${name}.npy`)).data;
const logmel = goldenOf('logmel');
const run = (data: Float32Array, clips: number): Promise<Record<string, TensorData>> =>
  session.run<string>({ logmel: { data, dims: [clips, data.length / clips / 64, 64] } });

describe('cnn14', () => {
  it('gives embedding and logits of the official code', async () => {
    const { embedding, logits, probabilities } = await run(logmel, 1);
    expect([embedding!.dims, logits!.dims]).toEqual([
      [1, 2048],
      [1, 527],
    ]);
    // 20 times the official code's own float32 error.
    expectAllClose(embedding!.data, goldenOf('embedding'), { atol: 9e-5 });
    expectAllClose(logits!.data, goldenOf('logits'), { atol: 2e-4 });
    const expected = Array.from(logits!.data, (logit) => 1 / (1 + Math.exp(-logit)));
    expectAllClose(probabilities!.data, expected, { atol: 1e-6 });
  });

  it('takes any number of clips and frames, each clip by itself', async () => {
    const [long, other] = [new Float32Array(70 * 64), new Float32Array(70 * 64)];
    for (let index = 0; index < long.length; index++) {
      long[index] = logmel[index % logmel.length]!;
      other[index] = -30 + 20 * Math.sin(index);
    }
    const alone = await run(long, 1);
    const both = await run(Float32Array.from([...other, ...long]), 2);
    expect(both.block6!.dims).toEqual([2, 2048, 2, 2]);
    expectAllClose(both.embedding!.data.subarray(2048), alone.embedding!.data, { atol: 2e-5 });
    expectAllClose(both.logits!.data.subarray(527), alone.logits!.data, { atol: 5e-5 });
  });

  it('has no probes but its own', () => {
    const build = (): unknown => architecture.buildGraph(architecture.describe(checkpoint), { probes: ['block9'] });
    expect(build).toThrow('no probe block9: there are block1, block2');
  });

  it('refuses the file of the other variant and says which it is', () => {
    const describeAs32k = (): unknown => createCnn14('cnn14-32k').describe(checkpoint);
    expect(describeAs32k).toThrow('expected windows of 1024 samples, got 512');
    expect(describeAs32k).toThrow('Import it as cnn14-16k');
    expect(architecture.describe(checkpoint)).toEqual({
      melBands: 64,
      channels: [64, 128, 256, 512, 1024, 2048],
      embedding: 2048,
      classes: 527,
    });
  });
});
