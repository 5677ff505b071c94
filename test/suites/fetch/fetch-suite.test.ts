import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/download/clock.js';
import { type FetchOptions, fetchSuite } from '../../../src/suites/fetch/fetch-suite.js';
import type { MediaLayout } from '../../../src/suites/media-layout.js';
import { status } from '../../download/scripted-server.js';
import { bench } from '../../helpers/cli.js';
import { type HubServer, startHub, stored } from './hub-server.js';

const media: MediaLayout = {
  video: ['{id}.mp4'],
  referenceFallback: 'none',
  computable: 'everything',
  access: 'a data set',
  sources: [{ kind: 'hub', repo: 'owner/set', revision: 'main', files: ['**.mp4', '**.txt'] }],
  uncertain: [],
};
const bytes = (fill: number, length = 200_000): Uint8Array => new Uint8Array(length).fill(fill);
/** Time passes at once. */
const clock: Clock = { now: () => 0, wait: async () => undefined };
const token = 'hf_secretsecretsecret';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-fetch-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fetchFrom = (hub: HubServer, more: Partial<FetchOptions> = {}): ReturnType<typeof fetchSuite> =>
  fetchSuite(media, {
    folder,
    hub: { hubUrl: hub.url, token },
    jobs: 2,
    clock,
    attempts: 3,
    stallMilliseconds: 500,
    ...more,
  });
const outcomes = (files: Awaited<ReturnType<typeof fetchSuite>>): object =>
  Object.fromEntries(files.map(({ path, status: one }) => [path, one]));

describe('fetchSuite', { timeout: 20_000 }, () => {
  it('fetches what the suite names, sends the token, and fetches nothing twice', async () => {
    await using hub = await startHub({
      'index.txt': stored(Buffer.from('a\n')),
      'media/a.mp4': stored(bytes(1)),
      'README.md': stored(bytes(2)),
    });
    expect(outcomes(await fetchFrom(hub))).toEqual({ 'index.txt': 'fetched', 'media/a.mp4': 'fetched' });
    expect(new Uint8Array(await readFile(join(folder, 'media', 'a.mp4')))).toEqual(bytes(1));
    expect(await readdir(folder)).not.toContain('README.md');
    for (const { headers } of hub.requests) expect(headers.authorization).toBe(`Bearer ${token}`);
    const before = hub.requests.length;
    expect(outcomes(await fetchFrom(hub))).toEqual({ 'index.txt': 'fetched', 'media/a.mp4': 'fetched' });
    // The list, and the size and hash of each file: no file again.
    expect(hub.requests.length - before).toBe(3);
  });

  it('gives each file an outcome of its own, whatever the others do', async () => {
    await using hub = await startHub({
      'gated.mp4': status(403),
      'whole.mp4': stored(bytes(1)),
      'busy.mp4': [status(503), status(503), stored(bytes(2))],
      'broken.mp4': [stored(bytes(3), { breakAfter: 70_000 }), stored(bytes(3))],
      'silent.mp4': [stored(bytes(4), { stallAfter: 1000 }), stored(bytes(4))],
      'wrong.mp4': stored(bytes(5), {}, '0'.repeat(64)),
      'gone.mp4': status(404, { 'x-error-code': 'EntryNotFound' }),
      'dead.mp4': stored(bytes(6), { breakAfter: 0 }),
    });
    const files = await fetchFrom(hub);
    expect(outcomes(files)).toEqual({
      'broken.mp4': 'fetched',
      'busy.mp4': 'fetched',
      'dead.mp4': 'failed',
      'gated.mp4': 'gated',
      'gone.mp4': 'missing',
      'silent.mp4': 'fetched',
      'whole.mp4': 'fetched',
      'wrong.mp4': 'failed',
    });
    expect(new Uint8Array(await readFile(join(folder, 'broken.mp4')))).toEqual(bytes(3));
    for (const { message = '' } of files) expect(message).not.toContain('secret');
    const resumed = hub.requests.filter(({ path }) => path.endsWith('broken.mp4')).at(-1);
    expect(resumed?.headers.range).toMatch(/^bytes=[1-9]\d*-/);
  });

  it('says of the whole data set that it is gated, gone or empty', async () => {
    for (const [code, expected] of [
      [401, 'gated'],
      [404, 'missing'],
      [500, 'failed'],
    ] as const) {
      await using hub = await startHub({}, status(code));
      expect(outcomes(await fetchFrom(hub))).toEqual({ '*': expected });
    }
    await using empty = await startHub({ 'other.bin': stored(bytes(1)) });
    expect(outcomes(await fetchFrom(empty))).toEqual({ '*': 'missing' });
  });

  it('writes nothing outside its folder', async () => {
    await using hub = await startHub({ '../outside.mp4': stored(bytes(1)), 'a\\b.mp4': stored(bytes(1)) });
    expect(outcomes(await fetchFrom(hub))).toEqual({ '../outside.mp4': 'failed', 'a\\b.mp4': 'failed' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives up on a hub that does not answer', async () => {
    await using hub = await startHub({}, () => undefined);
    expect(outcomes(await fetchFrom(hub))).toEqual({ '*': 'failed' });
  });

  it('keeps what it has when it is stopped, and goes on from there', async () => {
    const controller = new AbortController();
    const half = stored(bytes(7), { stallAfter: 100_000 });
    await using hub = await startHub({ 'a.mp4': [half, stored(bytes(7))] });
    const stopping = fetchFrom(hub, { signal: controller.signal, stallMilliseconds: 60_000 });
    setTimeout(() => controller.abort(), 300);
    await expect(stopping).rejects.toThrow();
    expect(outcomes(await fetchFrom(hub))).toEqual({ 'a.mp4': 'fetched' });
    expect(hub.requests.at(-1)?.headers.range).toMatch(/^bytes=[1-9]\d*-/);
  });
});

describe('bench suites fetch', { timeout: 60_000 }, () => {
  it('reports what is gated and missing, exits 3, and says what cannot be fetched at all', async () => {
    await writeFile(
      join(folder, 'suite.json'),
      JSON.stringify({
        ...{ schemaVersion: 1, id: 'mine', version: '1', title: 'Mine', description: 'x', licence: 'CC0-1.0' },
        media: { ...media, idExpression: '(?<id>[^/]+)\\.mp4$' },
      }),
    );
    await writeFile(join(folder, 'clips.csv'), 'id,video\n');
    await using hub = await startHub({ 'a.mp4': stored(bytes(1)), 'b.mp4': status(403) });
    const env = { HF_ENDPOINT: hub.url, HF_TOKEN: token, BENCH_SUITES_DIR: join(folder, 'suites') };
    const result = await bench(['suites', 'fetch', folder, '--fetch-only', '--to', join(folder, 'media')], { env });
    expect(result.exitCode, result.stderr).toBe(3);
    expect(result.stdout).toContain('1 files are in');
    expect(result.stdout).toMatch(/gated: 1\n {2}owner\/set b\.mp4: .*accept the terms/s);
    expect(result.stdout + result.stderr).not.toContain('secret');
    const closed = await bench(['suites', 'fetch', 'symmv'], { env });
    expect(closed.exitCode).toBe(2);
    expect(closed.stderr).toContain('cannot be fetched by a program');
    expect(closed.stderr).toContain('bench suites import FOLDER --suite symmv');
  });
});
