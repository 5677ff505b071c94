import { listFiles } from '@huggingface/hub';
import { type HubOptions, limitedFetch, publicHubUrl, refusalOf } from '../../download/hub-file.js';
import { patternExpression } from '../import/path-pattern.js';
import type { HubSource } from '../media-layout.js';

/** The files of a data set on the hub that belong to a suite, sorted. Throws a BenchError where the hub refuses. */
export async function listHubFiles({ repo, revision, files }: HubSource, options: HubOptions = {}): Promise<string[]> {
  const { token, hubUrl = publicHubUrl } = options;
  const wanted = files.map(patternExpression);
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
    for await (const { type, path } of listFiles({ ...request, ...credentials }))
      if (type === 'file' && wanted.some((pattern) => pattern.test(path))) found.push(path);
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw refusalOf(repo, cause);
  }
  return found.sort();
}
