import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** Where imported suites live: the option, else BENCH_SUITES_DIR, else the platform's folder for a user's data. */
export function suitesDirectory(option?: string): string {
  return resolve(option ?? process.env.BENCH_SUITES_DIR ?? join(envPaths('v2m-bench', { suffix: '' }).data, 'suites'));
}

/** The folder of an imported suite: suite.json, clips.csv and lock.json. */
export function importedSuiteFolder(suitesFolder: string, id: string): string {
  return join(suitesFolder, id);
}

/** Where `bench suites fetch` puts what it fetches. */
export function fetchedMediaFolder(suitesFolder: string, id: string): string {
  return join(suitesFolder, 'media', id);
}
