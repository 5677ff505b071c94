import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BenchError } from '../core/errors.js';
import { nearestNames } from '../core/nearest-names.js';
import { benchmarkIds, benchmarksFolder } from './benchmarks-folder.js';

/** The folder of a suite. A path is taken for an id only where no such folder exists in the package: `./demo` always names the folder. */
export async function findSuite(idOrPath: string): Promise<string> {
  const known = await benchmarkIds();
  if (known.includes(idOrPath)) return join(benchmarksFolder, idOrPath);
  const path = resolve(idOrPath);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return path;
  if (found?.isFile() && basename(path) === 'suite.json') return dirname(path);
  throw notFound(idOrPath, { known, isFile: found !== undefined });
}

function notFound(
  idOrPath: string,
  { known, isFile }: { readonly known: readonly string[]; readonly isFile: boolean },
): BenchError {
  const near = nearestNames(idOrPath, known);
  return new BenchError({
    code: 'suite-not-found',
    kind: 'usage',
    problem: isFile ? 'a suite is a folder, not a file' : 'there is no suite or folder of this name',
    expected: `a folder, or ${(near.length > 0 ? near : known).join(' or ')}`,
    got: idOrPath,
    remedy: near.length > 0 ? `Did you mean ${near[0]}?` : 'List the suites with `bench suites list`',
  });
}
