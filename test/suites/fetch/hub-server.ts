import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256Hex } from '../../../src/core/hash.js';
import { type Handler, serve, status } from '../../download/scripted-server.js';

export interface HubServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
}

/** How the hub answers for a file: always the same, or one answer after the other (the last one stays). */
export type FileAnswers = Handler | readonly [Handler, ...Handler[]];

/** A whole file in large-file storage: its ETag is the SHA-256. */
export function stored(body: Uint8Array, options: Parameters<typeof serve>[1] = {}, sha256 = sha256Hex(body)): Handler {
  return (request, response) => {
    response.setHeader('x-linked-etag', `"${sha256}"`);
    serve(body, { etag: '"storage"', ...options })(request, response);
  };
}

/** A hub with one data set: the list of its files, and each file with its own way to fail. `listing` replaces the list. */
export async function startHub(files: Readonly<Record<string, FileAnswers>>, listing?: Handler): Promise<HubServer> {
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const served = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://hub').pathname);
    requests.push({ path, headers: request.headers });
    response.on('error', () => undefined);
    if (path.startsWith('/api/')) {
      (listing ?? listOf(Object.keys(files)))(request, response);
      return;
    }
    const name = path.replace(/^\/datasets\/owner\/set\/resolve\/main\//, '');
    const answers = files[name];
    const list = answers === undefined ? [status(404, { 'x-error-code': 'EntryNotFound' })] : [answers].flat();
    // A question for the size only is answered as the last request is.
    if (request.method === 'HEAD' || request.headers.range === 'bytes=0-0') {
      list.at(-1)!(request, response);
      return;
    }
    const turn = served.get(name) ?? 0;
    served.set(name, turn + 1);
    (list[turn] ?? list.at(-1)!)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listOf(paths: readonly string[]): Handler {
  const entries = paths.map((path) => ({ type: 'file', path, size: 1, oid: '0'.repeat(40) }));
  return (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(entries));
  };
}
