import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BenchError } from '../core/errors.js';
import { nearestNames } from '../core/nearest-names.js';
import type { Suite } from '../core/suite.js';
import { benchmarkIds, benchmarksFolder } from './benchmarks-folder.js';
import { readClips } from './clips-table.js';
import { demoMaker } from './demo-maker.js';
import { readMadeClips } from './made-clips.js';
import { type MakeSuiteOptions, makeSuite } from './make-suite.js';
import { definitionForFolder, readSuiteDefinition, type SuiteDefinition } from './suite-definition.js';
import { clipsOfFolder } from './video-folder.js';

export interface LoadSuiteOptions extends Pick<MakeSuiteOptions, 'jobs' | 'signal' | 'onProgress'> {
  /** Root of the cache; made clips go to `suites` in it. */
  readonly cacheDir: string;
  /** False: only describe the suite; the files of a made suite may not be there yet. Default true. */
  readonly make?: boolean;
}

export interface LoadedSuite extends Suite {
  /** For made clips, by clip id: a hash of the content before encoding. Other clips are known by their files' hashes. */
  readonly contentHashes?: Readonly<Record<string, string>>;
}

/**
 * A suite by the id of one that comes with the package, by a folder with suite.json and clips.csv, or by a plain folder of
 * videos. Made suites are made into the cache first, unless `make` is false. Throws a BenchError for the user to act on.
 */
export async function loadSuite(idOrPath: string, options: LoadSuiteOptions): Promise<LoadedSuite> {
  const folder = await findSuite(idOrPath);
  const definitionFile = join(folder, 'suite.json');
  const clipsFile = join(folder, 'clips.csv');
  if (!existsSync(definitionFile)) {
    if (existsSync(clipsFile)) throw missingPart(definitionFile);
    return { ...definitionForFolder(folder), clips: await clipsOfFolder(folder) };
  }
  const definition = await readSuiteDefinition(definitionFile);
  if (!existsSync(clipsFile)) throw missingPart(clipsFile);
  if (definition.maker !== undefined) return loadMade(definition, { ...options, clipsFile });
  return { ...definition, clips: await readClips(clipsFile) };
}

async function loadMade(
  { maker: _, ...suite }: SuiteDefinition,
  { clipsFile, ...options }: LoadSuiteOptions & { readonly clipsFile: string },
): Promise<LoadedSuite> {
  const made = await readMadeClips(clipsFile, { maker: demoMaker, suiteId: suite.id, cacheDir: options.cacheDir });
  if (options.make !== false) await makeSuite(made.toMake, { ...options, folder: made.folder, threads: true });
  return { ...suite, clips: made.clips, contentHashes: made.contentHashes };
}

/** A path is taken for an id only where no such folder exists in the package: `./demo` always names the folder. */
async function findSuite(idOrPath: string): Promise<string> {
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

function missingPart(file: string): BenchError {
  const remedy = 'See docs/suite-format.md';
  return new BenchError({
    code: 'suite-incomplete',
    kind: 'input',
    problem: 'this part of the suite is missing',
    file,
    remedy,
  });
}
