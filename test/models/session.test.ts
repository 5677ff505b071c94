import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BenchError } from '../../src/core/errors.js';
import { findModel, type Model } from '../../src/models/catalogue.js';
import { lazySession } from '../../src/models/lazy-session.js';
import { onnxruntimeVersion, openModel, openSession, openSessionFile } from '../../src/models/session.js';

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
