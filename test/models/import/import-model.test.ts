import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BenchError } from '../../../src/core/errors.js';
import { createCnn14 } from '../../../src/models/architectures/cnn14.js';
import { sourcesOf } from '../../../src/models/import/check-tensors.js';
import { type ImportOptions, importModel } from '../../../src/models/import/import-model.js';
import { weightsIdentity } from '../../../src/models/import/imported-card.js';
import { checkFiles, openImportedModel, readImportedModel } from '../../../src/models/import/imported-model.js';
import { expectAllClose } from '../../helpers/all-close.js';
import { cardFacts } from '../../helpers/card-facts.js';
import { type HeldTensor, memoryCheckpoint, waves } from '../../helpers/memory-checkpoint.js';

const architecture = createCnn14('cnn14-16k');
const dimensions = { melBands: 64, channels: [2, 3, 2, 3, 2, 4], embedding: 5, classes: 6 };

/** The tensors of a CNN14 with a few channels. */
function tensors(): Record<string, HeldTensor> {
  const sources = [...sourcesOf(architecture.buildGraph(dimensions))];
  const all = sources.map(([name, shape], phase) => {
    const { data } = waves(shape, { phase, scale: 0.5 });
    return [name, { shape, data: name.endsWith('running_var') ? data.map((value) => 1 + value) : data }] as const;
  });
  return Object.fromEntries(all);
}

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'import-model-'));
});
afterEach(() => rm(parent, { recursive: true }));

type Changes = Partial<ImportOptions<typeof dimensions>> & { readonly held?: Record<string, HeldTensor> };

function importing({ held = tensors(), ...changes }: Changes = {}): ReturnType<typeof importModel> {
  const folder = join(parent, 'model');
  return importModel({ checkpoint: memoryCheckpoint(held), architecture, facts: cardFacts, folder, ...changes });
}

async function refusal(promise: Promise<unknown>): Promise<BenchError> {
  const error = await promise.then(() => undefined).catch((thrown: unknown) => thrown);
  if (error instanceof BenchError) return error;
  throw new Error(`expected a BenchError, got ${String(error)}`);
}

describe('importModel', () => {
  it('writes network, weights and card, which open again', async () => {
    const model = await importing();
    expect((await readdir(model.folder)).sort()).toEqual(['card.json', 'model.onnx', 'model.onnx.data']);
    expect(await readdir(parent)).toEqual(['model']);
    expect(await readImportedModel(model.folder)).toEqual(model);
    const { card } = model;
    expect(card).toMatchObject({ id: 'test-model', dtype: 'f32', trained: false, dimensions });
    expect(card.outputs.map(({ name, columns }) => [name, columns])).toEqual([
      ['embedding', 5],
      ['logits', 6],
    ]);
    expect(card.inputs).toEqual([{ name: 'logmel', type: 'float32', shape: ['batch', 'frames', 64] }]);
    expect(weightsIdentity(card)).toMatch(/^[0-9a-f]{64}$/);
    await checkFiles(model, { by: 'hash' });
    const session = await openImportedModel(model);
    expect(session.outputNames).toEqual(['embedding', 'logits']);
    await session[Symbol.asyncDispose]();
  });

  it('takes the same tensors from inside a wrapper, whose other tensors do not matter', async () => {
    const plain = await importing();
    const wrapped = Object.fromEntries(Object.entries(tensors()).map(([name, tensor]) => [`model.${name}`, tensor]));
    const held = { ...wrapped, 'optimiser.step': waves([1]) };
    const unwrapped = await importing({ held, folder: join(parent, 'unwrapped') });
    expect(unwrapped.card.files).toEqual(plain.card.files);
  });

  it('knows a float16 import by its card and computes about the same', async () => {
    const [exact, half] = [await importing(), await importing({ dtype: 'f16', folder: join(parent, 'half') })];
    expect(half.card.dtype).toBe('f16');
    expect(weightsIdentity(half.card)).not.toBe(weightsIdentity(exact.card));
    const feeds = architecture.shortestInput(dimensions);
    const [a, b] = [await openImportedModel(exact), await openImportedModel(half)];
    const [full, rounded] = [await a.run<string>(feeds), await b.run<string>(feeds)];
    expectAllClose(rounded.logits!.data, full.logits!.data, { rtol: 0.02, atol: 0.02 });
    await Promise.all([a[Symbol.asyncDispose](), b[Symbol.asyncDispose]()]);
  });

  it('records the hash of a file that the weights come from', async () => {
    const file = join(parent, 'weights.pt');
    await writeFile(file, 'abc');
    const checkpoint = { ...memoryCheckpoint(tensors()), format: 'pytorch-zip', file } as const;
    const { card } = await importing({ checkpoint });
    // SHA-256 of "abc", FIPS 180-4.
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(card.source).toEqual({ file: 'weights.pt', format: 'pytorch-zip', sha256 });
    expect(card.trained).toBe(true);
  });

  it('names missing, wrong and unknown tensors in one error, and leaves nothing', async () => {
    const { 'fc1.bias': _, ...held } = tensors();
    held['conv_block1.conv1.weight'] = waves([2, 1, 3, 4]);
    for (let index = 0; index < 13; index++) held[`surplus.${index}`] = waves([7]);
    held['conv_block1.bn1.num_batches_tracked'] = waves([]);
    const { code, message } = await refusal(importing({ held }));
    expect(code).toBe('checkpoint-not-fitting');
    expect(message).toContain('1 tensor is missing: fc1.bias [5];');
    expect(message).toContain(
      '1 tensor is of another shape: conv_block1.conv1.weight expected [2,1,3,3] got [2,1,3,4];',
    );
    expect(message).toContain('13 tensors are not expected: surplus.0 [7], ');
    expect(message).toContain('surplus.9 [7] and 3 more');
    expect(message).not.toContain('num_batches_tracked');
    expect(await readdir(parent)).toEqual([]);
  });

  it('says what it found in place of another architecture', async () => {
    const { message } = await refusal(importing({ held: { 'encoder.weight': waves([2]) } }));
    expect(message).toContain('not a checkpoint of cnn14-16k');
    expect(message).toContain(
      'expected a tensor conv_block1.conv1.weight or model.conv_block1.conv1.weight, got tensors encoder.weight)',
    );
  });

  it('leaves nothing of weights that are not finite, or of a network that computes nothing finite', async () => {
    const held = tensors();
    held['fc1.weight']!.data[3] = Number.NaN;
    expect((await refusal(importing({ held }))).code).toBe('weights-not-finite');
    const huge = tensors();
    for (const name of ['fc1.weight', 'fc_audioset.weight', 'conv_block6.conv2.weight']) huge[name]!.data.fill(1e30);
    expect((await refusal(importing({ held: huge }))).code).toBe('imported-model-unsound');
    expect(await readdir(parent)).toEqual([]);
  });

  it('stops on request in the middle, and leaves nothing', async () => {
    const abort = new AbortController();
    let written = 0;
    const onProgress = ({ step, doneBytes }: { step: string; doneBytes: number }): void => {
      if (step === 'write') written = doneBytes;
      if (written > 100) abort.abort(new Error('enough'));
    };
    await expect(importing({ signal: abort.signal, onProgress })).rejects.toThrow('enough');
    expect(written).toBeGreaterThan(100);
    expect(await readdir(parent)).toEqual([]);
  });

  it('replaces a model only when asked to, and keeps it where the new one fails', async () => {
    const { card } = await importing();
    expect((await refusal(importing())).code).toBe('model-exists');
    const held = tensors();
    held['fc1.weight']!.data[0] = Number.NaN;
    await refusal(importing({ held, overwrite: true }));
    expect((await readImportedModel(join(parent, 'model'))).card).toEqual(card);
    const replaced = await importing({ dtype: 'f16', overwrite: true });
    expect(await readImportedModel(join(parent, 'model'))).toEqual(replaced);
    expect(await readdir(parent)).toEqual(['model']);
  });
});

describe('readImportedModel', () => {
  it('refuses a folder without a card, and a card that is damaged', async () => {
    expect((await refusal(readImportedModel(join(parent, 'nothing')))).code).toBe('model-not-found');
    await mkdir(join(parent, 'empty'));
    await writeFile(join(parent, 'empty', 'card.json'), '{"schemaVersion": 1');
    expect((await refusal(readImportedModel(join(parent, 'empty')))).code).toBe('invalid-model-card');
    const { folder } = await importing();
    const card = JSON.parse(await readFile(join(folder, 'card.json'), 'utf8'));
    await writeFile(join(folder, 'card.json'), JSON.stringify({ ...card, dtype: 'f8' }));
    expect((await refusal(readImportedModel(folder))).fields.field).toBe('dtype');
  });
});

describe('checkFiles', () => {
  it('finds a changed length at once and a changed byte by hash', async () => {
    const model = await importing();
    const data = join(model.folder, 'model.onnx.data');
    const bytes = await readFile(data);
    bytes[0]! ^= 1;
    await writeFile(data, bytes);
    await checkFiles(model, { by: 'size' });
    expect((await refusal(checkFiles(model, { by: 'hash' }))).fields.file).toBe(data);
    await appendFile(data, 'x');
    expect((await refusal(openImportedModel(model))).code).toBe('weights-changed');
    await rm(data);
    expect((await refusal(openImportedModel(model))).fields.got).toBe('no such file');
  });
});
