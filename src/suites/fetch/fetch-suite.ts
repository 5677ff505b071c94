import { join } from 'node:path';
import { BenchError, errorOf } from '../../core/errors.js';
import { mapConcurrently } from '../../core/map-concurrently.js';
import { type DownloadOptions, downloadFile } from '../../download/download-file.js';
import { type HubOptions, resolveHubFile } from '../../download/hub-file.js';
import { type HubSource, hubSources, type MediaLayout } from '../media-layout.js';
import { listHubFiles } from './list-hub-files.js';

export type FetchStatus = 'fetched' | 'gated' | 'missing' | 'failed';

export interface FetchedFile {
  readonly repo: string;
  readonly path: string;
  readonly status: FetchStatus;
  /** Why it is not there; left out for a fetched one. */
  readonly message?: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

export interface FetchOptions
  extends Pick<DownloadOptions, 'signal' | 'clock' | 'stallMilliseconds' | 'attempts' | 'onRetry'> {
  /** Files go below it under the names that they have in the data set. */
  readonly folder: string;
  readonly hub: HubOptions;
  /** Files fetched at a time. */
  readonly jobs: number;
  readonly onListed?: (count: number) => void;
  readonly onFile?: (file: FetchedFile) => void;
}

/**
 * Fetches what the authors have on the hub. A file that cannot be had is an outcome of its own and does not end the others; a data
 * set that cannot even be listed is one entry with the path `*`, a pattern that no file is like one with the pattern as its path.
 * Files that are there already are checked and kept.
 */
export async function fetchSuite(media: MediaLayout, options: FetchOptions): Promise<FetchedFile[]> {
  const results: FetchedFile[] = [];
  const report = (file: FetchedFile): void => {
    results.push(file);
    options.onFile?.(file);
  };
  for (const source of hubSources(media)) {
    const { paths, absent } = await listed(source, options);
    options.onListed?.(paths.length + absent.length);
    absent.forEach(report);
    await mapConcurrently(paths, options, async (path) => report(await fetchOne(source, path, options)));
  }
  return results.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function listed(
  source: HubSource,
  { hub, signal, stallMilliseconds }: FetchOptions,
): Promise<{ readonly paths: readonly string[]; readonly absent: readonly FetchedFile[] }> {
  const { repo } = source;
  try {
    const { paths, unmatched, others } = await listHubFiles(source, {
      ...hub,
      ...limitsOf({ signal, stallMilliseconds }),
    });
    const message = `the data set has no such file${othersText(others)}`;
    return { paths, absent: unmatched.map((path) => ({ repo, path, status: 'missing', message })) };
  } catch (error) {
    signal?.throwIfAborted();
    return { paths: [], absent: [{ repo, path: '*', ...failureOf(error, repo) }] };
  }
}

const othersNamed = 5;

/** What a data set has instead tells whether it was packed or renamed. */
function othersText(others: readonly string[]): string {
  if (others.length === 0) return '';
  const more = others.length > othersNamed ? ` and ${others.length - othersNamed} more` : '';
  return `; it also has ${others.slice(0, othersNamed).join(', ')}${more}`;
}

async function fetchOne(source: HubSource, path: string, options: FetchOptions): Promise<FetchedFile> {
  const { repo, revision } = source;
  const { folder, hub, signal, clock, stallMilliseconds, attempts, onRetry } = options;
  try {
    const target = join(folder, ...safeParts(path));
    const limits = limitsOf({ signal, stallMilliseconds });
    const request = await resolveHubFile({ repoType: 'dataset', repo, revision, path }, { ...hub, ...limits });
    const { bytes, sha256 } = await downloadFile(
      { ...request, target },
      {
        ...limits,
        ...(clock === undefined ? {} : { clock }),
        ...(attempts === undefined ? {} : { attempts }),
        ...(onRetry === undefined ? {} : { onRetry }),
      },
    );
    return { repo, path, status: 'fetched', bytes, sha256 };
  } catch (error) {
    signal?.throwIfAborted();
    return { repo, path, ...failureOf(error, `${repo}/${path}`) };
  }
}

function limitsOf({
  signal,
  stallMilliseconds,
}: {
  readonly signal: AbortSignal | undefined;
  readonly stallMilliseconds: number | undefined;
}): Pick<HubOptions, 'signal' | 'stallMilliseconds'> {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(stallMilliseconds === undefined ? {} : { stallMilliseconds }),
  };
}

/** A data set's paths are its authors': none may lead out of the folder. */
function safeParts(path: string): string[] {
  const parts = path.split('/');
  const isSafe = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part));
  if (isSafe) return parts;
  throw new BenchError({
    code: 'unsafe-path',
    kind: 'input',
    file: path,
    problem: 'is no path that can be written to',
  });
}

const statusOfCode: Readonly<Record<string, FetchStatus>> = {
  'download-forbidden': 'gated',
  'download-not-found': 'missing',
};

/** The message without the name of the file, which stands beside it. */
function failureOf(error: unknown, name: string): { readonly status: FetchStatus; readonly message: string } {
  const { code, message } = errorOf(error);
  return { status: statusOfCode[code] ?? 'failed', message: message.replace(`${name}: `, '') };
}
