import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/core/hash.js';
import { resolveHubFile } from '../../../src/download/hub-file.js';
import type { OfficialModel } from '../../../src/models/official/official-model.js';
import { pullModel } from '../../../src/models/pull/pull-model.js';
import { type Handler, redirect, serve, startServer, status } from '../../download/scripted-server.js';
import { cardFacts } from '../../helpers/card-facts.js';

const weights = Uint8Array.from({ length: 5000 }, (_, index) => index);
const words = Buffer.from('{"model": {}}');
const location = { repo: 'owner/name', revision: 'abc', path: 'folder/weights.pt' };
const token = 'hf_secretsecretsecret';

/** What the hub says of a file in large-file storage: its ETag is the SHA-256. */
const linked = (body: Uint8Array, sha256 = sha256Hex(body)): Handler => {
  return (request, response) => {
    response.setHeader('x-linked-etag', `"${sha256}"`);
    serve(body, { etag: '"storage"' })(request, response);
  };
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-pull-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

const originOf = (url: string): string => new URL(url).origin;

describe('resolveHubFile', () => {
  it('asks for size and SHA-256 of a revision', async () => {
    await using server = await startServer(linked(weights));
    const hubUrl = originOf(server.url);
    expect(await resolveHubFile(location, { token, hubUrl })).toEqual({
      url: `${hubUrl}/owner/name/resolve/abc/folder/weights.pt`,
      bytes: 5000,
      sha256: sha256Hex(weights),
      headers: { authorization: `Bearer ${token}` },
    });
    expect(server.requests[0]).toMatchObject({ path: '/owner/name/resolve/abc/folder/weights.pt' });
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  it('takes no git hash for a SHA-256, and sends no token where there is none', async () => {
    await using server = await startServer(serve(words, { etag: '"0123456789abcdef0123456789abcdef01234567"' }));
    const found = await resolveHubFile(location, { hubUrl: originOf(server.url) });
    expect(found).toMatchObject({ bytes: words.length, headers: {} });
    expect(found).not.toHaveProperty('sha256');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    [status(401), 'download-forbidden'],
    [status(403), 'download-forbidden'],
    [status(404, { 'x-error-code': 'EntryNotFound' }), 'download-not-found'],
    [status(500), 'download-refused'],
    [redirect('/again'), 'download-failed'],
  ])('says in one line what went wrong, without the token', async (answer, code) => {
    await using server = await startServer(answer);
    const failure = await resolveHubFile(location, { token, hubUrl: originOf(server.url) }).catch(
      (error: Error) => error,
    );
    expect(failure).toMatchObject({ code });
    expect(String(failure)).not.toContain('secret');
    expect(String(failure)).not.toContain('\n');
  });
});

describe('pullModel', () => {
  const model = (url: string, changes: Partial<OfficialModel> = {}): OfficialModel => ({
    facts: cardFacts,
    networks: [{ id: 'any', architecture: 'any' }],
    layout: 'none',
    files: [
      { name: 'weights.pt', role: 'weights', source: { kind: 'url', url }, sha256: sha256Hex(weights) },
      { name: 'tokenizer.json', role: 'tokenizer', source: { kind: 'hub', ...location } },
    ],
    ...changes,
  });

  it('fetches every file from where its card says, and tells how far it is', async () => {
    await using server = await startServer(serve(weights));
    await using hub = await startServer(linked(words));
    const seen = new Set<string>();
    const pulled = await pullModel(model(server.url), {
      folder,
      hub: { token, hubUrl: originOf(hub.url) },
      onProgress: ({ name }, { step }) => seen.add(`${step} ${name}`),
    });
    expect(pulled.map(({ file, bytes }) => [file.role, bytes])).toEqual([
      ['weights', 5000],
      ['tokenizer', words.length],
    ]);
    expect(await readFile(join(folder, 'tokenizer.json'))).toEqual(words);
    expect([...seen]).toEqual(expect.arrayContaining(['download weights.pt', 'check tokenizer.json']));
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
    expect(hub.requests).toHaveLength(2);
  });

  it('refuses a file on the hub that is not the one of the card', async () => {
    await using hub = await startServer(linked(words));
    const files = [{ ...model('').files[1]!, sha256: sha256Hex(weights) }];
    const options = { folder, hub: { hubUrl: originOf(hub.url) } };
    await expect(pullModel(model('', { files }), options)).rejects.toMatchObject({ code: 'download-other-hash' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('fetches nothing for a model that cannot be imported', async () => {
    const unsupported = 'it is a test';
    await expect(pullModel(model('', { unsupported }), { folder })).rejects.toThrow('it is a test');
  });
});
