import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/core/hash.js';
import type { Clock } from '../../src/download/clock.js';
import { type DownloadOptions, type DownloadRequest, downloadFile } from '../../src/download/download-file.js';
import { redirect, type ScriptedServer, serve, startServer, status } from './scripted-server.js';

const body = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7919) >> 5);
const other = body.map((byte) => byte ^ 255);
const sha256 = sha256Hex(body);
const etag = '"version-1"';

let folder: string;
let waits: number[];
let retries: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-pull-'));
  waits = [];
  retries = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Does not wait, but keeps what it was asked for. */
const clock: Clock = {
  now: () => 0,
  wait: async (milliseconds) => {
    waits.push(milliseconds);
  },
};

const target = (): string => join(folder, 'weights.bin');

function download(
  server: Pick<ScriptedServer, 'url'>,
  request: Partial<DownloadRequest> = {},
  options: DownloadOptions = {},
): ReturnType<typeof downloadFile> {
  return downloadFile(
    { url: server.url, target: target(), ...request },
    { clock, stallMilliseconds: 400, onRetry: (message) => retries.push(message), ...options },
  );
}

/** The file is there, whole, and nothing else. */
async function expectWhole(content: Uint8Array = body): Promise<void> {
  expect((await readFile(target())).equals(content)).toBe(true);
  expect(await readdir(folder)).toEqual(['weights.bin']);
}

describe('downloadFile', () => {
  it('fetches a file and says its size and hash', async () => {
    await using server = await startServer(serve(body, { etag }));
    const seen: number[] = [];
    const result = await download(server, {}, { onProgress: ({ doneBytes }) => seen.push(doneBytes) });
    expect(result).toEqual({ path: target(), bytes: body.length, sha256 });
    expect(Math.max(...seen)).toBe(body.length);
    await expectWhole();
  });

  it('goes on where a connection broke, and only there', async () => {
    await using server = await startServer(serve(body, { etag, breakAfter: 50_000 }), serve(body, { etag }));
    await download(server, { bytes: body.length, sha256 });
    expect(server.requests.map(({ headers }) => [headers.range, headers['if-range']])).toEqual([
      [undefined, undefined],
      ['bytes=50000-', etag],
    ]);
    expect(retries).toHaveLength(1);
    await expectWhole();
  });

  it('goes on in a later run, by Last-Modified too', async () => {
    const lastModified = 'Wed, 21 Oct 2015 07:28:00 GMT';
    const whole = serve(body, { lastModified });
    await using server = await startServer(serve(body, { lastModified, breakAfter: 60_000 }), status(404), whole);
    await expect(download(server)).rejects.toThrow('there is no such file');
    expect((await readdir(folder)).sort()).toEqual(['weights.bin.part', 'weights.bin.part.json']);
    await download(server);
    expect(server.requests[2]?.headers).toMatchObject({ range: 'bytes=60000-', 'if-range': lastModified });
    await expectWhole();
  });

  it('gives up on a silent connection and goes on', async () => {
    await using server = await startServer(serve(body, { etag, stallAfter: 70_000 }), serve(body, { etag }));
    await download(server);
    expect(retries[0]).toContain('nothing came for 0.4 s after 70000 bytes');
    expect(server.requests[1]?.headers.range).toBe('bytes=70000-');
    await expectWhole();
  });

  it('gives up on a server that never answers', async () => {
    await using server = await startServer(() => undefined);
    await expect(download(server, {}, { attempts: 2, stallMilliseconds: 100 })).rejects.toThrow(
      'gave up after 2 attempts',
    );
  });

  it('starts again where the server ignores Range', async () => {
    await using server = await startServer(
      serve(body, { etag, breakAfter: 50_000 }),
      serve(body, { etag, ignoreRange: true }),
    );
    await download(server, { sha256 });
    expect(server.requests[1]?.headers.range).toBe('bytes=50000-');
    await expectWhole();
  });

  it('starts again where the file changed between attempts', async () => {
    await using server = await startServer(
      serve(other, { etag: '"version-0"', breakAfter: 50_000 }),
      serve(body, { etag }),
    );
    await download(server);
    await expectWhole();
  });

  it('does not join a part that the server continues from another version', async () => {
    const lies = serve(body, { etag });
    await using server = await startServer(
      serve(other, { etag: '"version-0"', breakAfter: 50_000 }),
      (request, response) => {
        delete request.headers['if-range'];
        lies(request, response);
      },
      serve(body, { etag }),
    );
    await download(server);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[2]?.headers.range).toBeUndefined();
    await expectWhole();
  });

  it('joins a part of unknown version only if a hash will tell, and heals a wrong joint', async () => {
    await using unhashed = await startServer(serve(body, { breakAfter: 50_000 }), serve(body));
    await download(unhashed);
    expect(unhashed.requests[1]?.headers.range).toBeUndefined();
    await rm(target());

    await using server = await startServer(serve(other, { breakAfter: 50_000 }), serve(body), serve(body));
    await download(server, { sha256 });
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=50000-', undefined]);
    await expectWhole();
  });

  it('notices that the server sends less than it said', async () => {
    await using server = await startServer(
      serve(body.subarray(0, 30_000), { etag, contentLength: body.length, stallAfter: 30_000 }),
      serve(body, { etag }),
    );
    await download(server, { bytes: body.length });
    await expectWhole();
  });

  it('refuses a file of another size than expected before it is fetched, and after where no length is told', async () => {
    await using server = await startServer(serve(body));
    await expect(download(server, { bytes: 10 })).rejects.toThrow(
      'another file than the one expected (expected 10 bytes',
    );
    await using longer = await startServer(serve(body, { chunked: true }));
    await expect(download(longer, { bytes: 1000 })).rejects.toThrow('another file than the one expected');
    await using shorter = await startServer(serve(body, { chunked: true }));
    await expect(download(shorter, { bytes: body.length + 1 })).rejects.toThrow('another file than the one expected');
  });

  it('deletes a file with another hash', async () => {
    await using server = await startServer(serve(other));
    await expect(download(server, { sha256 })).rejects.toMatchObject({ code: 'download-other-hash' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps a file that is there and right, and replaces one that is not', async () => {
    await using server = await startServer(serve(body));
    await writeFile(target(), body);
    await download(server, { sha256, bytes: body.length });
    expect(server.requests).toHaveLength(0);
    await writeFile(target(), other);
    await download(server, { sha256 });
    expect(server.requests).toHaveLength(1);
    await expectWhole();
  });

  it('takes a part that is complete already', async () => {
    await using server = await startServer(serve(body, { etag }));
    await writeFile(join(folder, 'weights.bin.part'), body);
    await writeFile(join(folder, 'weights.bin.part.json'), JSON.stringify({ url: server.url, validator: etag }));
    await download(server, { sha256 });
    expect(server.requests[0]?.headers.range).toBe(`bytes=${body.length}-`);
    await expectWhole();
  });

  it('waits longer after each failure, and as long as the server asks', async () => {
    await using server = await startServer(status(500), status(503, { 'retry-after': '7' }), status(502), serve(body));
    await download(server);
    expect(waits).toEqual([1000, 7000, 4000]);
    await expectWhole();
  });

  it('gives up after so many attempts that bring nothing, keeping what came', async () => {
    await using server = await startServer(serve(body, { etag, breakAfter: 50_000 }), status(500));
    await expect(download(server, {}, { attempts: 3 })).rejects.toMatchObject({ code: 'download-failed' });
    expect(server.requests).toHaveLength(4);
    expect((await readFile(join(folder, 'weights.bin.part'))).length).toBe(50_000);
  });

  it('does not go on forever with a file that changes each time', async () => {
    let version = 0;
    await using server = await startServer((request, response) => {
      version += 1;
      serve(body, { etag: `"${version}"`, breakAfter: 20_000 })(request, response);
    });
    await expect(download(server, {}, { attempts: 4 })).rejects.toMatchObject({ code: 'download-failed' });
    expect(server.requests.length).toBeLessThan(8);
  });

  it.each([
    [401, 'download-forbidden'],
    [403, 'download-forbidden'],
    [404, 'download-not-found'],
    [418, 'download-refused'],
  ])('fails at once on status %i', async (code, expected) => {
    await using server = await startServer(status(code));
    await expect(download(server)).rejects.toMatchObject({ code: expected });
    expect(server.requests).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('follows redirects, but not in circles and not to other protocols', async () => {
    await using storage = await startServer(serve(body, { etag }));
    await using server = await startServer(redirect(storage.url));
    await download(server, { headers: { authorization: 'Bearer secret' } });
    await expectWhole();
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret');
    expect(storage.requests[0]?.headers.authorization).toBeUndefined();

    await rm(target());
    await using circle = await startServer(redirect('/weights.bin'));
    await expect(download(circle)).rejects.toThrow('redirects more than 8 times');
    await using file = await startServer(redirect('file:///etc/passwd'));
    await expect(download(file)).rejects.toThrow('neither http nor https');
  });

  it('never shows the query of an address or the token', async () => {
    await using server = await startServer(status(500));
    const url = `${server.url}?signature=secret`;
    const failure = await download({ url }, { headers: { authorization: 'Bearer secret' } }, { attempts: 2 }).catch(
      (error: Error) => error.message,
    );
    expect(failure).toContain('answered 500');
    expect([failure, ...retries].join()).not.toContain('secret');
  });

  it('refuses to run beside another process, and takes over the lock of one that is gone', async () => {
    await using server = await startServer(serve(body));
    await writeFile(join(folder, 'weights.bin.lock'), String(process.ppid));
    await expect(download(server)).rejects.toMatchObject({ code: 'download-in-use' });
    await writeFile(join(folder, 'weights.bin.lock'), '2147483646');
    await download(server);
    await expectWhole();
  });

  it('stops when asked, keeping what came', async () => {
    await using server = await startServer(serve(body, { etag, stallAfter: 80_000 }));
    const abort = new AbortController();
    const options = {
      signal: abort.signal,
      stallMilliseconds: 10_000,
      onProgress: ({ doneBytes }: { doneBytes: number }) => doneBytes === 80_000 && abort.abort(),
    };
    await expect(download(server, {}, options)).rejects.toThrow();
    expect((await readdir(folder)).sort()).toEqual(['weights.bin.part', 'weights.bin.part.json']);
  });
});
