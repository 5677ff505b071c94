import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BenchError } from '../../src/core/errors.js';
import { findModel, type Model } from '../../src/models/catalogue.js';
import type { FloatType } from '../../src/models/graph/encode-model.js';
import { createGraphBuilder } from '../../src/models/graph/graph-builder.js';
import { add, multiply } from '../../src/models/graph/layer-operators.js';
import { writeModel } from '../../src/models/graph/write-model.js';
import { lazySession } from '../../src/models/lazy-session.js';
import {
  onnxruntimeVersion,
  openInPlaceSession,
  openModel,
  openResidentSession,
  openSession,
  openSessionFile,
} from '../../src/models/session.js';
import { expectAllClose } from '../helpers/all-close.js';
import { memoryCheckpoint } from '../helpers/memory-checkpoint.js';

const model = findModel('musicnn-mtt');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The model with one bit of its weights changed. */
async function tamperedModel(name: string): Promise<Model> {
  const bytes = await readFile(model.path);
  bytes[bytes.length - 1000]! ^= 1;
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { ...model, folder, path };
}

async function refusal(opening: Promise<unknown>): Promise<BenchError> {
  const error = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof BenchError) return error;
  throw new Error(`expected a BenchError, got ${String(error)}`);
}

describe('profilePrefix', () => {
  it('leaves a profile with the time of every operator once the session is closed', async () => {
    const session = await openSessionFile(model.path, { profilePrefix: join(folder, 'profile') });
    await session.run({ logmel: { data: new Float32Array(187 * 96), dims: [1, 187, 96] } }, ['tags']);
    await session[Symbol.asyncDispose]();
    const [name] = (await readdir(folder)).filter((file) => file.startsWith('profile'));
    const events = JSON.parse(await readFile(join(folder, name!), 'utf8')) as { name: string; args?: object }[];
    expect(events.some((event) => event.name === 'model_run')).toBe(true);
    expect(events.filter((event) => event.name.endsWith('_kernel_time')).length).toBeGreaterThan(10);
  });
});

describe('openModel', () => {
  it('runs the outputs that are asked for, and all of them by default', async () => {
    const session = await openModel(model);
    expect(session.inputNames).toEqual(['logmel']);
    expect(session.outputNames).toEqual(['tags', 'logits', 'penultimate', 'dense', 'embedding']);
    const feeds = { logmel: { data: new Float32Array(2 * 187 * 96), dims: [2, 187, 96] } };
    const { tags, ...others } = await session.run(feeds, ['tags']);
    expect(tags?.dims).toEqual([2, 50]);
    expect(tags?.data.length).toBe(100);
    expect(others).toEqual({});
    expect(Object.keys(await session.run(feeds)).sort()).toEqual([...session.outputNames].sort());
    await session[Symbol.asyncDispose]();
  });

  it('refuses changed weights and says which file, both hashes and what to do', async () => {
    const tampered = await tamperedModel('tampered.onnx');
    const { code, fields, message } = await refusal(openModel(tampered));
    expect(code).toBe('weights-changed');
    expect(fields.file).toBe(tampered.path);
    expect(fields.expected).toContain(model.card.sha256);
    expect(fields.got).toMatch(/^[0-9a-f]{64}$/);
    expect(fields.got).not.toBe(model.card.sha256);
    expect(message).toContain('Reinstall the package');
  });
});

describe('openSession', () => {
  it('names a missing file', async () => {
    const path = join(folder, 'nowhere.onnx');
    const { code, fields } = await refusal(openSession(path));
    expect([code, fields.file]).toEqual(['weights-not-readable', path]);
  });

  it('names a file that is no model', async () => {
    const path = join(folder, 'text.onnx');
    await writeFile(path, 'not a model');
    const { code, fields } = await refusal(openSession(path));
    expect([code, fields.file]).toEqual(['model-not-loadable', path]);
  });
});

describe('openSessionFile', () => {
  it('opens by path and gives the same numbers', async () => {
    const feeds = { logmel: { data: new Float32Array(187 * 96).fill(0.5), dims: [1, 187, 96] } };
    const [bytes, file] = [await openSession(model.path), await openSessionFile(model.path, { threads: 1 })];
    expect((await file.run(feeds, ['logits'])).logits.data).toEqual((await bytes.run(feeds, ['logits'])).logits.data);
    await Promise.all([bytes[Symbol.asyncDispose](), file[Symbol.asyncDispose]()]);
  });

  it('names a missing file', async () => {
    const path = join(folder, 'nowhere.onnx');
    const { code, fields } = await refusal(openSessionFile(path));
    expect([code, fields.file]).toEqual(['model-not-loadable', path]);
  });
});

describe('openResidentSession and openInPlaceSession', () => {
  /** `held` = 2 x, which stays; and `sum` + x, written over `sum`, with its double for the host. */
  async function writeGraphs(dtype: FloatType): Promise<string> {
    const shape = ['rows', 3];
    const first = createGraphBuilder('held');
    const held = add(first, first.input('x', 'float32', shape), first.input('x_again', 'float32', shape));
    first.output('held', held, { shape, resident: true });
    const second = createGraphBuilder('sum');
    const before = second.input('sum', 'float32', shape, { resident: true });
    const after = add(second, before, second.input('x', 'float32', shape));
    second.output('after', after, { shape, resident: true });
    second.output('double', multiply(second, after, 2), { shape });
    const path = await mkdtemp(join(folder, 'resident-'));
    const companions = [{ name: 'sum', graph: second.build() }];
    await writeModel(first.build(), path, { checkpoint: memoryCheckpoint({}), dtype, companions });
    return path;
  }

  it.each([
    ['f32', 0],
    ['f16', 1e-3],
  ] as const)('add up where the array lies, in %s', async (dtype, rtol) => {
    const path = await writeGraphs(dtype);
    await using first = await openResidentSession(join(path, 'model.onnx'));
    await using second = await openInPlaceSession(join(path, 'sum.onnx'));
    const x = { data: Float32Array.of(1, -2, 0.1, 4, 5, 0), dims: [2, 3] };
    const { held } = await first.run({ x, x_again: x });
    expect(held!.dims).toEqual([2, 3]);
    for (const times of [3, 4, 5]) {
      const results = await second.run({ x, sum: held! }, { after: held! });
      expect(Object.keys(results)).toEqual(['double']);
      const expected = x.data.map((value) => 2 * times * value);
      expectAllClose(results.double!.data, expected, { rtol: rtol + 1e-6, atol: 0 });
    }
    held![Symbol.dispose]();
    await expect(second.run({ x, sum: held! }, {})).rejects.toThrow();
  });

  it('take no array that is none of theirs', async () => {
    await using second = await openInPlaceSession(join(await writeGraphs('f32'), 'sum.onnx'));
    const x = { data: Float32Array.of(1, 2, 3), dims: [1, 3] };
    const sum = { dims: [1, 3], [Symbol.dispose]: () => undefined };
    await expect(second.run({ x, sum }, {})).rejects.toThrow('not made by a session');
  });
});

describe('lazySession', () => {
  it('opens once for callers at the same time', async () => {
    const open = lazySession(model);
    const [first, second] = await Promise.all([open(), open()]);
    expect(first).toBe(second);
    expect(await open()).toBe(first);
  });

  it('tries again after a failure', async () => {
    const mended = await tamperedModel('mended.onnx');
    const open = lazySession(mended);
    expect((await refusal(open())).code).toBe('weights-changed');
    await writeFile(mended.path, await readFile(model.path));
    expect((await open()).inputNames).toEqual(['logmel']);
  });
});

describe('onnxruntimeVersion', () => {
  it('is the version that is installed', async () => {
    const manifest = JSON.parse(await readFile('node_modules/onnxruntime-node/package.json', 'utf8'));
    expect(onnxruntimeVersion()).toBe(manifest.version);
  });
});
