import { fileDownloadInfo, HubApiError } from '@huggingface/hub';
import { BenchError } from '../core/errors.js';
import { causeText } from './bounded-fetch.js';
import type { DownloadRequest } from './download-file.js';

export interface HubLocation {
  readonly repo: string;
  /** A model's repository if left out. */
  readonly repoType?: 'model' | 'dataset';
  /** Commit, tag or branch. */
  readonly revision: string;
  readonly path: string;
}

export interface HubOptions {
  /** Access token; sent to the hub alone and never shown. */
  readonly token?: string | undefined;
  /** https://huggingface.co if left out. */
  readonly hubUrl?: string | undefined;
  readonly signal?: AbortSignal;
  /** Give up on a question that the hub leaves unanswered for so long; 60 s if left out. */
  readonly stallMilliseconds?: number;
}

/** `fetch` for the hub's library, which itself waits for ever. */
export function limitedFetch({ signal, stallMilliseconds = 60_000 }: HubOptions): typeof fetch {
  return (input, init) => {
    const limits = [AbortSignal.timeout(stallMilliseconds), ...(signal === undefined ? [] : [signal])];
    return fetch(input, { ...init, signal: AbortSignal.any(limits) });
  };
}

export const publicHubUrl = 'https://huggingface.co';

/**
 * Asks the hub for a file's size and, for files in large-file storage, its SHA-256 (their ETag). The address is the hub's own, which
 * redirects to the storage of the day. Throws a BenchError for a missing file or refused access.
 */
export async function resolveHubFile(
  { repo, repoType = 'model', revision, path }: HubLocation,
  options: HubOptions = {},
): Promise<Omit<DownloadRequest, 'target'>> {
  const { token, hubUrl = publicHubUrl } = options;
  const info = await ask({ repo, repoType, revision, path }, { ...options, token, hubUrl });
  const name = `${repo}/${path}`;
  if (info === null)
    throw hubError(name, { code: 'download-not-found', problem: `revision ${revision} has no such file` });
  const hash = info.etag.replaceAll('"', '');
  const pieces = [
    ...(repoType === 'dataset' ? ['datasets'] : []),
    ...repo.split('/'),
    'resolve',
    revision,
    ...path.split('/'),
  ].map(encodeURIComponent);
  return {
    url: `${hubUrl}/${pieces.join('/')}`,
    bytes: info.size,
    ...(/^[0-9a-f]{64}$/.test(hash) ? { sha256: hash } : {}),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  };
}

async function ask(
  { repo, repoType, revision, path }: Required<HubLocation>,
  options: HubOptions & { readonly hubUrl: string },
): ReturnType<typeof fileDownloadInfo> {
  const { token, hubUrl } = options;
  const credentials = token === undefined ? {} : { accessToken: token };
  try {
    return await fileDownloadInfo({
      repo: { type: repoType, name: repo },
      revision,
      path,
      hubUrl,
      fetch: limitedFetch(options),
      ...credentials,
    });
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw refusalOf(`${repo}/${path}`, cause);
  }
}

/** What the hub's answer means to a user; the library's own error is left out, as it may echo what was sent. */
export function refusalOf(name: string, cause: unknown): BenchError {
  if (!(cause instanceof HubApiError)) {
    return hubError(name, { code: 'download-failed', problem: `the hub cannot be asked: ${causeText(cause)}`, cause });
  }
  const { statusCode } = cause;
  const refused = statusCode === 401 || statusCode === 403;
  const code = refused ? 'download-forbidden' : statusCode === 404 ? 'download-not-found' : 'download-refused';
  return hubError(name, {
    code,
    problem: refused ? `the hub refuses access (${statusCode})` : `the hub answered ${statusCode}`,
  });
}

function hubError(
  file: string,
  details: { readonly code: string; readonly problem: string; readonly cause?: unknown },
): BenchError {
  return new BenchError({
    kind: 'environment',
    file,
    ...details,
    remedy: 'Check the connection, accept the terms on its page if it has any, and set HF_TOKEN if it is private',
  });
}
