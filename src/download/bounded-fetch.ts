import { BenchError } from '../core/errors.js';
import { shownUrl, TransientError } from './download-errors.js';
import { withStallLimit } from './stall.js';

const mostRedirects = 8;
const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

export interface FetchOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly stallMilliseconds: number;
  readonly signal: AbortSignal;
}

/**
 * GET that follows redirects itself: at most eight, http and https only, never from https down to http, and with `authorization` sent
 * to the first origin alone. Throws a BenchError for a redirect that breaks these rules and a TransientError for a broken connection.
 */
export async function boundedFetch(url: string, options: FetchOptions): Promise<Response> {
  let current = checkedUrl(url, url);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const headers = headersFor(current, { origin: new URL(url).origin, headers: options.headers });
    const response = await answer(current, { ...options, headers });
    const location = response.headers.get('location');
    if (!redirectStatuses.includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = checkedUrl(new URL(location, current).href, url);
    if (current.protocol === 'https:' && next.protocol === 'http:') {
      throw badRedirect(url, 'the server redirects from https to http');
    }
    current = next;
  }
  throw badRedirect(url, `the server redirects more than ${mostRedirects} times`);
}

async function answer(url: URL, { headers, stallMilliseconds, signal }: FetchOptions): Promise<Response> {
  const fetched = fetch(url, { headers, redirect: 'manual', signal });
  try {
    return await withStallLimit(fetched, stallMilliseconds);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof TransientError) throw cause;
    throw new TransientError(`${shownUrl(url.href)}: ${causeText(cause)}`, { cause });
  }
}

/** `fetch failed` says nothing; its cause does. */
export function causeText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  if (error.cause instanceof Error) return causeText(error.cause);
  return error.message === '' ? (code ?? error.name) : error.message;
}

function headersFor(
  url: URL,
  { origin, headers }: { readonly origin: string; readonly headers: FetchOptions['headers'] },
): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.filter(([name]) => name !== 'authorization' || url.origin === origin));
}

function checkedUrl(url: string, from: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return parsed;
  throw badRedirect(from, 'the address is neither http nor https');
}

function badRedirect(url: string, problem: string): BenchError {
  return new BenchError({
    code: 'download-redirect',
    kind: 'environment',
    file: URL.canParse(url) ? shownUrl(url) : url,
    problem,
    remedy: 'Fetch the file by other means and import it from where it is',
  });
}
