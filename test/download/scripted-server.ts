import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
}

/** A real HTTP server on this machine that answers request number n with script number n; the last one answers all that follow. */
export async function startServer(...script: readonly [Handler, ...Handler[]]): Promise<ScriptedServer> {
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers });
    response.on('error', () => undefined);
    (script[requests.length - 1] ?? script.at(-1)!)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/weights.bin`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface FileAnswer {
  readonly etag?: string;
  readonly lastModified?: string;
  /** Close the connection after so many bytes of the body. */
  readonly breakAfter?: number;
  /** Send so many bytes of the body and then nothing more. */
  readonly stallAfter?: number;
  /** Answer 200 with everything, whatever was asked for. */
  readonly ignoreRange?: boolean;
  readonly contentLength?: number;
  /** No Content-Length: the length is known at the end only. */
  readonly chunked?: boolean;
}

/** Serves bytes as a file server does: Range and If-Range by RFC 9110. */
export function serve(body: Uint8Array, answer: FileAnswer = {}): Handler {
  return ({ headers }, response) => {
    const { etag, lastModified, breakAfter, stallAfter } = answer;
    if (etag !== undefined) response.setHeader('etag', etag);
    if (lastModified !== undefined) response.setHeader('last-modified', lastModified);
    const range = answer.ignoreRange === true ? undefined : rangeOf(headers, etag ?? lastModified);
    const from = range?.start;
    if (from !== undefined && from >= body.length) {
      response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
      return;
    }
    const end = Math.min(range?.last ?? Number.POSITIVE_INFINITY, body.length - 1);
    const part = body.subarray(from ?? 0, end + 1);
    if (from !== undefined) response.setHeader('content-range', `bytes ${from}-${end}/${body.length}`);
    if (answer.chunked !== true) response.setHeader('content-length', answer.contentLength ?? part.length);
    response.writeHead(from === undefined ? 200 : 206);
    const cut = breakAfter ?? stallAfter;
    if (cut === undefined) {
      response.end(part);
      return;
    }
    response.write(part.subarray(0, cut), () => {
      // Time for the other side to take what was written, on a busy machine too: a stream that breaks loses what nobody has read.
      if (breakAfter !== undefined) setTimeout(() => response.destroy(), 300);
    });
  };
}

function rangeOf(
  headers: IncomingMessage['headers'],
  validator: string | undefined,
): { readonly start: number; readonly last: number } | undefined {
  const [, start, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const condition = headers['if-range'];
  if (start === undefined || (condition !== undefined && condition !== validator)) return undefined;
  return { start: Number(start), last: last ? Number(last) : Number.POSITIVE_INFINITY };
}

export function status(code: number, headers: Record<string, string> = {}): Handler {
  return (_, response) => {
    response.writeHead(code, headers).end('no');
  };
}

export function redirect(to: string): Handler {
  return status(302, { location: to });
}
