import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/download/clock.js';
import { type FetchOptions, fetchSuite } from '../../../src/suites/fetch/fetch-suite.js';
import type { MediaLayout } from '../../../src/suites/media-layout.js';
import { status } from '../../download/scripted-server.js';
import { bench } from '../../helpers/cli.js';
import { makeMiniature } from '../import/miniature.js';
import { type HubServer, startHub, stored } from './hub-server.js';

const media: MediaLayout = {
  video: ['{id}.mp4'],
  referenceFallback: 'none',
  computable: 'everything',
  access: 'a data set',
  sources: [{ kind: 'hub', repo: 'owner/set', revision: 'main', files: ['**.mp4', '**.txt'] }],
  uncertain: [],
};
const videosAlone: MediaLayout = {
  ...media,
  sources: [{ kind: 'hub', repo: 'owner/set', revision: 'main', files: ['**.mp4'] }],
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

const fetchFrom = (
  hub: HubServer,
  { of = media, ...more }: Partial<FetchOptions> & { readonly of?: MediaLayout } = {},
): ReturnType<typeof fetchSuite> =>
  fetchSuite(of, {
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
    const files = await fetchFrom(hub, { of: videosAlone });
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
    const files = await fetchFrom(empty);
    expect(outcomes(files)).toEqual({ '**.mp4': 'missing', '**.txt': 'missing' });
    expect(files[0]!.message).toBe('the data set has no such file; it also has other.bin');
  });

  it('names a pattern that no file is like, and what is there instead', async () => {
    await using hub = await startHub({ 'index.txt': stored(Buffer.from('a\n')), 'media.zip': stored(bytes(1)) });
    const listed: number[] = [];
    const files = await fetchFrom(hub, { onListed: (count) => listed.push(count) });
    expect(outcomes(files)).toEqual({ '**.mp4': 'missing', 'index.txt': 'fetched' });
    expect(files.find(({ path }) => path === '**.mp4')!.message).toContain('media.zip');
    expect(listed).toEqual([2]);
  });

  it('writes nothing outside its folder', async () => {
    await using hub = await startHub({ '../outside.mp4': stored(bytes(1)), 'a\\b.mp4': stored(bytes(1)) });
    expect(outcomes(await fetchFrom(hub, { of: videosAlone }))).toEqual({
      '../outside.mp4': 'failed',
      'a\\b.mp4': 'failed',
    });
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
    const stopping = fetchFrom(hub, { of: videosAlone, signal: controller.signal, stallMilliseconds: 60_000 });
    setTimeout(() => controller.abort(), 300);
    await expect(stopping).rejects.toThrow();
    expect(outcomes(await fetchFrom(hub, { of: videosAlone }))).toEqual({ 'a.mp4': 'fetched' });
    expect(hub.requests.at(-1)?.headers.range).toMatch(/^bytes=[1-9]\d*-/);
  });
});

describe('bench suites fetch', { timeout: 60_000 }, () => {
  let env: Record<string, string>;
  const inHub = async (hub: HubServer, args: readonly string[]): ReturnType<typeof bench> =>
    bench(['suites', 'fetch', folder, '--to', join(folder, 'media'), ...args], {
      env: { ...env, HF_ENDPOINT: hub.url },
    });

  beforeEach(async () => {
    env = { HF_TOKEN: token, BENCH_SUITES_DIR: join(folder, 'suites') };
    const suite = {
      ...{ schemaVersion: 1, id: 'mine', version: '1', title: 'Mine', description: 'x', licence: 'CC0-1.0' },
      media: { ...media, idExpression: '(?<id>[^/]+)\\.mp4$' },
    };
    await writeFile(join(folder, 'suite.json'), JSON.stringify(suite));
    await writeFile(join(folder, 'clips.csv'), 'id,video\n');
  });

  it('reports what is gated and missing, and exits 3', async () => {
    await using hub = await startHub({ 'a.mp4': stored(bytes(1)), 'b.mp4': status(403) });
    const result = await inHub(hub, ['--fetch-only']);
    expect(result.exitCode, result.stderr).toBe(3);
    expect(result.stdout).toContain('1 files are in');
    expect(result.stdout).toMatch(/gated: 1\n {2}owner\/set b\.mp4: the hub refuses access.*accept the terms/);
    expect(result.stdout).toMatch(/missing: 1\n {2}owner\/set \*\*\.txt: the data set has no such file/);
    expect(result.stderr).toContain('3/3 ');
    expect(result.stdout + result.stderr).not.toContain('secret');
  });

  it('reports every file in its JSON too, whether or not there was anything to import', async () => {
    await using refusing = await startHub({}, status(401));
    const refused = await inHub(refusing, ['--json', '--quiet']);
    expect(refused.exitCode, refused.stderr).toBe(3);
    expect(JSON.parse(refused.stdout)).toMatchObject({ files: [{ path: '*', status: 'gated' }] });
    const whole = await makeMiniature({ 'a.mp4': '' });
    await using hub = await startHub({
      'a.mp4': stored(await readFile(join(whole, 'a.mp4'))),
      'b.mp4': status(403),
      'index.txt': stored(Buffer.from('a\n')),
    });
    const fetched = await inHub(hub, ['--json', '--quiet']);
    expect(fetched.exitCode, fetched.stderr).toBe(3);
    const { files, copy } = JSON.parse(fetched.stdout);
    expect(files.map((file: { status: string }) => file.status)).toEqual(['fetched', 'gated', 'fetched']);
    expect(copy).toMatchObject({ suite: { id: 'mine' }, counts: { total: 1, videos: 1, references: 1 } });
  });

  it('says how to go on where the authors give out a list alone', async () => {
    await using hub = await startHub({ 'index.txt': stored(Buffer.from('a\n')) });
    const result = await inHub(hub, ['--allow-missing']);
    expect(result.exitCode, result.stderr).toBe(0);
    expect(result.stdout).toContain('There are no videos among the files yet. a data set');
    expect(result.stdout).toContain('bench suites import FOLDER --suite mine');
  });

  it('says what cannot be fetched at all', async () => {
    const closed = await bench(['suites', 'fetch', 'symmv'], { env });
    expect(closed.exitCode).toBe(2);
    expect(closed.stderr).toContain('cannot be fetched by a program');
    expect(closed.stderr).toContain('bench suites import FOLDER --suite symmv');
  });
});
