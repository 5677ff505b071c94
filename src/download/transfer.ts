import { type FileHandle, open } from 'node:fs/promises';
import { BenchError } from '../core/errors.js';
import { boundedFetch, causeText } from './bounded-fetch.js';
import { shownUrl, statusError, TransientError } from './download-errors.js';
import { type PartFile, type PartState, validatorOf } from './part-file.js';
import { withStallLimit } from './stall.js';

export interface TransferOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Refuse a file of another size. */
  readonly expectedBytes?: number | undefined;
  /** Whether a hash will tell a wrong joint; without one, only a server that names the version is trusted to go on. */
  readonly hashKnown: boolean;
  readonly stallMilliseconds: number;
  readonly signal: AbortSignal;
  /** Throws where the disk cannot take what is still to come. */
  readonly checkRoom: (missingBytes: number) => Promise<void>;
  readonly onBytes: (doneBytes: number, totalBytes: number | undefined) => void;
}

/**
 * One attempt at bringing a part file to its end: goes on where it stops if the server has the same version still, else starts again.
 * Resolves once the last byte is on disk; `resumed` tells whether there was a joint. Throws a TransientError where another attempt may
 * help (what has come stays on disk), else a BenchError.
 */
export async function transfer(part: PartFile, options: TransferOptions): Promise<{ readonly resumed: boolean }> {
  const stopped = new AbortController();
  const signal = AbortSignal.any([options.signal, stopped.signal]);
  try {
    const before = await resumable(part, options);
    const response = await boundedFetch(options.url, {
      // A compressed body has other bytes, of which a part cannot be continued.
      headers: { ...options.headers, 'accept-encoding': 'identity', ...rangeHeaders(before) },
      stallMilliseconds: options.stallMilliseconds,
      signal,
    });
    const start = await startOf(response, part, { before, options });
    if (start.complete) return { resumed: true };
    await options.checkRoom((start.state.totalBytes ?? 0) - start.at);
    await part.writeState(start.state);
    await append(response, part, { start, options });
    return { resumed: start.at > 0 };
  } finally {
    // Closes the connection of an attempt that is given up.
    stopped.abort();
  }
}

interface Before {
  readonly bytes: number;
  readonly state: PartState | undefined;
}

/** What of the part file can be built upon. */
async function resumable(part: PartFile, { url, hashKnown }: TransferOptions): Promise<Before> {
  const { bytes, state } = await part.read();
  const usable = state !== undefined && state.url === url && (state.validator !== undefined || hashKnown);
  return usable ? { bytes, state } : { bytes: 0, state: undefined };
}

function rangeHeaders({ bytes, state }: Before): Record<string, string> {
  if (bytes === 0) return {};
  const condition = state?.validator === undefined ? {} : { 'if-range': state.validator };
  return { range: `bytes=${bytes}-`, ...condition };
}

interface Start {
  readonly at: number;
  readonly state: PartState;
  readonly complete: boolean;
}

/** Where the body of the answer begins in the file. */
async function startOf(
  response: Response,
  part: PartFile,
  { before, options }: { readonly before: Before; readonly options: TransferOptions },
): Promise<Start> {
  const { url } = options;
  const range = contentRange(response.headers);
  const validator = validatorOf(response.headers);
  if (response.status === 416 && before.bytes > 0) {
    if (range?.total === before.bytes) return { at: before.bytes, state: { url }, complete: true };
    await part.discard();
    throw new TransientError(`${shownUrl(url)}: the file is not as long as what has been downloaded`);
  }
  if (!response.ok) throw statusError(response, url);
  if (response.status === 206) {
    const known = before.state?.validator;
    const changed = known !== undefined && validator !== undefined && validator !== known;
    if (changed || range === undefined || range.start !== before.bytes) {
      await part.discard();
      throw new TransientError(`${shownUrl(url)}: the server continues another file than the one begun`);
    }
  }
  const at = response.status === 206 ? before.bytes : 0;
  const totalBytes = response.status === 206 ? range?.total : contentLength(response.headers);
  refuseOtherSize(totalBytes, options);
  return { at, state: { url, validator: validator ?? before.state?.validator, totalBytes }, complete: false };
}

async function append(
  response: Response,
  part: PartFile,
  { start, options }: { readonly start: Start; readonly options: TransferOptions },
): Promise<void> {
  const file = await open(part.path, start.at > 0 ? 'r+' : 'w');
  try {
    const done = await pump(response, { file, start, options });
    const total = start.state.totalBytes;
    if (total !== undefined && done !== total) {
      throw new TransientError(`${shownUrl(options.url)}: the server sent ${done} of ${total} bytes`);
    }
    refuseOtherSize(done, options);
    await file.sync();
  } finally {
    await file.close();
  }
}

interface Pump {
  readonly file: FileHandle;
  readonly start: Start;
  readonly options: TransferOptions;
}

/** Copies the body to the file; returns how long the file is then. */
async function pump(response: Response, { file, start, options }: Pump): Promise<number> {
  const { stallMilliseconds, signal, onBytes, url } = options;
  const total = start.state.totalBytes ?? options.expectedBytes;
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  let done = start.at;
  onBytes(done, total);
  while (true) {
    const chunk = await withStallLimit(reader.read(), stallMilliseconds).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new TransientError(`${shownUrl(url)}: ${causeText(cause)} after ${done} bytes`, { cause });
    });
    if (chunk.done) return done;
    if (total !== undefined && done + chunk.value.length > total) throw otherSize(url, total, 'more');
    await file.write(chunk.value, 0, chunk.value.length, done);
    done += chunk.value.length;
    onBytes(done, total);
  }
}

function refuseOtherSize(bytes: number | undefined, { expectedBytes, url }: TransferOptions): void {
  if (bytes !== undefined && expectedBytes !== undefined && bytes !== expectedBytes) {
    throw otherSize(url, expectedBytes, `${bytes}`);
  }
}

function otherSize(url: string, expected: number, got: string): BenchError {
  return new BenchError({
    code: 'download-other-size',
    kind: 'environment',
    file: shownUrl(url),
    problem: 'the server has another file than the one expected',
    expected: `${expected} bytes`,
    got,
    remedy: 'Try again later, or fetch the file by other means and import it from where it is',
  });
}

function contentLength(headers: Headers): number | undefined {
  // The length of a compressed body says nothing about the file.
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') return undefined;
  const text = headers.get('content-length');
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** `bytes 100-199/1000`, or `bytes * / 1000` of a 416 (without the blanks). */
function contentRange(headers: Headers): { readonly start?: number; readonly total?: number } | undefined {
  const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  if (total === undefined) return undefined;
  return {
    ...(start === undefined ? {} : { start: Number(start) }),
    ...(total === '*' ? {} : { total: Number(total) }),
  };
}
