import { BenchError } from '../core/errors.js';

/** Something that may be gone at the next attempt: a broken connection, a busy server, a file that changed meanwhile. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** How long the server asks to wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: { readonly retryAfterSeconds?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The address without its query and credentials: signed addresses are secrets. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** The error of an answer other than 2xx; a TransientError where another attempt may help. */
export function statusError(response: Response, url: string): Error {
  const { status } = response;
  const at = shownUrl(url);
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return new TransientError(
      `${at} answered ${status}`,
      Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: seconds } : {},
    );
  }
  if (status === 401 || status === 403) {
    return new BenchError({
      code: 'download-forbidden',
      kind: 'environment',
      file: at,
      problem: `the server refuses access (${status})`,
      remedy: 'Accept the terms on its page if it has any, and set HF_TOKEN for a Hugging Face repository',
    });
  }
  return new BenchError({
    code: status === 404 || status === 410 ? 'download-not-found' : 'download-refused',
    kind: 'environment',
    file: at,
    problem: status === 404 || status === 410 ? `there is no such file (${status})` : `the server answered ${status}`,
    remedy: 'Fetch the file by other means and import it from where it is',
  });
}
