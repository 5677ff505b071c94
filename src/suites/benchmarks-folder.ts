import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `benchmarks` in the package: the same two steps up from `src/suites` and from `dist/suites`. */
export const benchmarksFolder: string = fileURLToPath(new URL('../../benchmarks', import.meta.url));

/** Ids of the suites that come with the package, sorted. */
export async function benchmarkIds(folder: string = benchmarksFolder): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'suite.json')))
    .map((entry) => entry.name)
    .sort();
}
