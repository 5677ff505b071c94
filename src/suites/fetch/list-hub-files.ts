import { listFiles } from '@huggingface/hub';
import { type HubOptions, limitedFetch, publicHubUrl, refusalOf } from '../../download/hub-file.js';
import { patternExpression } from '../import/path-pattern.js';
import type { HubSource } from '../media-layout.js';

export interface HubListing {
  /** The files that belong to the suite, sorted. */
  readonly paths: readonly string[];
  /** Patterns of the suite that no file is like. */
  readonly unmatched: readonly string[];
  /** The other files of the data set, sorted. */
  readonly others: readonly string[];
}

/** What a data set on the hub has of a suite. Throws a BenchError where the hub refuses. */
export async function listHubFiles(
  { repo, revision, files }: HubSource,
  options: HubOptions = {},
): Promise<HubListing> {
  const { token, hubUrl = publicHubUrl } = options;
  const credentials = token === undefined ? {} : { accessToken: token };
  const found: string[] = [];
  try {
    const request = {
      repo: { type: 'dataset' as const, name: repo },
      revision,
      recursive: true,
      hubUrl,
      fetch: limitedFetch(options),
    };
    for await (const { type, path } of listFiles({ ...request, ...credentials })) if (type === 'file') found.push(path);
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw refusalOf(repo, cause);
  }
  return held(found.sort(), files);
}

function held(found: readonly string[], patterns: readonly string[]): HubListing {
  const wanted = patterns.map(patternExpression);
  const isWanted = (path: string): boolean => wanted.some((expression) => expression.test(path));
  return {
    paths: found.filter(isWanted),
    unmatched: patterns.filter((_, index) => !found.some((path) => wanted[index]!.test(path))),
    others: found.filter((path) => !isWanted(path)),
  };
}
