import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError } from '../core/errors.js';
import { hashFile } from '../media/hash-file.js';
import { type Clock, systemClock } from './clock.js';
import { shownUrl, TransientError } from './download-errors.js';
import { lockDownload } from './lock.js';
import { type PartFile, partFileOf } from './part-file.js';
import { transfer } from './transfer.js';

export interface DownloadRequest {
  readonly url: string;
  /** Where the file is put once it is whole. */
  readonly target: string;
  readonly bytes?: number;
  readonly sha256?: string;
  /** Sent to the first origin; `authorization` not beyond it. Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface DownloadProgress {
  readonly step: 'download' | 'check';
  readonly doneBytes: number;
  readonly totalBytes?: number | undefined;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Give up on a connection that is silent for so long; 60 s if left out. */
  readonly stallMilliseconds?: number;
  /** Attempts in a row that get no further than any before them, until it gives up; 6 if left out. */
  readonly attempts?: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** One line for the user when an attempt broke and another follows. */
  readonly onRetry?: (message: string) => void;
}

export interface Downloaded {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

const longestWaitSeconds = 60;

/**
 * Fetches a file over http(s): goes on after breaks and in later runs, checks size and SHA-256 where they are known, and gives the file
 * its name only when it is whole. A file that is there already is checked and kept. Throws a BenchError with what to do.
 */
export async function downloadFile(request: DownloadRequest, options: DownloadOptions = {}): Promise<Downloaded> {
  await mkdir(dirname(request.target), { recursive: true });
  await using _lock = await lockDownload(request.target);
  const present = await presentFile(request, options);
  if (present !== undefined) return present;
  const part = partFileOf(request.target);
  const { signal = new AbortController().signal, clock = systemClock, attempts = 6 } = options;
  let furthest = (await part.read()).bytes;
  for (let failures = 0; ; ) {
    try {
      return await attempt(request, { ...options, part, signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransientError)) throw error;
      const { bytes } = await part.read();
      failures = bytes > furthest ? 0 : failures + 1;
      furthest = Math.max(furthest, bytes);
      if (failures >= attempts) throw gaveUp(request, { error, attempts });
      const seconds = Math.min(longestWaitSeconds, error.retryAfterSeconds ?? 2 ** Math.max(0, failures - 1));
      options.onRetry?.(`${error.message}; trying again in ${seconds} s`);
      await clock.wait(seconds * 1000, signal);
    }
  }
}

/** A file of the right size and hash needs no download; one of unknown hash and size is trusted. */
async function presentFile(request: DownloadRequest, options: DownloadOptions): Promise<Downloaded | undefined> {
  const { target, bytes, sha256 } = request;
  const found = await stat(target).catch(() => undefined);
  if (found === undefined) return undefined;
  const hash = await checkedHash(target, found.size, options);
  if ((bytes ?? found.size) === found.size && (sha256 ?? hash) === hash) {
    return { path: target, bytes: found.size, sha256: hash };
  }
  await rm(target, { force: true });
  return undefined;
}

interface Attempt extends DownloadOptions {
  readonly part: PartFile;
  readonly signal: AbortSignal;
}

async function attempt(request: DownloadRequest, options: Attempt): Promise<Downloaded> {
  const { url, target, sha256, headers = {} } = request;
  const { part, signal, stallMilliseconds = 60_000, onProgress } = options;
  const { resumed } = await transfer(part, {
    ...{ url, headers, signal, stallMilliseconds },
    expectedBytes: request.bytes,
    hashKnown: sha256 !== undefined,
    onBytes: (doneBytes, totalBytes) => onProgress?.({ step: 'download', doneBytes, totalBytes }),
    checkRoom: (missingBytes) => refuseFullDisk(target, missingBytes),
  });
  const { size } = await stat(part.path);
  const hash = await checkedHash(part.path, size, options);
  if (sha256 !== undefined && hash !== sha256) {
    await part.discard();
    // A wrong joint is healed by a download in one piece.
    if (resumed) throw new TransientError(`${shownUrl(url)}: the continued file has another SHA-256`);
    throw wrongHash(url, { expected: sha256, got: hash });
  }
  await rename(part.path, target);
  await part.discard();
  return { path: target, bytes: size, sha256: hash };
}

function checkedHash(path: string, size: number, { signal, onProgress }: DownloadOptions): Promise<string> {
  onProgress?.({ step: 'check', doneBytes: 0, totalBytes: size });
  return hashFile(path, signal === undefined ? {} : { signal });
}

async function refuseFullDisk(target: string, missingBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(target));
  if (bavail * bsize > missingBytes) return;
  throw new BenchError({
    code: 'disk-full',
    kind: 'environment',
    file: dirname(target),
    problem: 'there is not enough room for the download',
    expected: `${Math.ceil(missingBytes / 1e6)} MB`,
    got: `${Math.floor((bavail * bsize) / 1e6)} MB`,
    remedy: 'Make room, or choose a folder on another disk',
  });
}

function wrongHash(url: string, { expected, got }: { readonly expected: string; readonly got: string }): BenchError {
  return new BenchError({
    code: 'download-other-hash',
    kind: 'environment',
    file: shownUrl(url),
    problem: 'the file is not the one expected; it has been deleted',
    expected: `SHA-256 ${expected}`,
    got,
    remedy: 'Try again; if it happens again, the server has another file now',
  });
}

function gaveUp(
  { url }: DownloadRequest,
  { error, attempts }: { readonly error: TransientError; readonly attempts: number },
): BenchError {
  return new BenchError({
    code: 'download-failed',
    kind: 'environment',
    file: shownUrl(url),
    problem: `gave up after ${attempts} attempts that brought nothing: ${error.message}`,
    remedy: 'Run the same command later: it goes on where this one stopped',
    cause: error,
  });
}
