import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BenchError } from '../core/errors.js';
import type { Suite } from '../core/suite.js';
import { readClips } from './clips-table.js';
import { demoMaker } from './demo-maker.js';
import { findSuite } from './find-suite.js';
import { loadImported } from './import/load-imported.js';
import { lockFileName, readSuiteLock } from './import/suite-lock.js';
import { readMadeClips } from './made-clips.js';
import { type MakeSuiteOptions, makeSuite } from './make-suite.js';
import { hubSources, type MediaLayout } from './media-layout.js';
import { definitionForFolder, readSuiteDefinition, type SuiteDefinition } from './suite-definition.js';
import { importedSuiteFolder, suitesDirectory } from './suites-folder.js';
import { clipsOfFolder } from './video-folder.js';

export interface LoadSuiteOptions extends Pick<MakeSuiteOptions, 'jobs' | 'signal' | 'onProgress'> {
  /** Root of the cache; made clips go to `suites` in it. */
  readonly cacheDir: string;
  /** Where imported suites live; left out: the platform's folder, or BENCH_SUITES_DIR. */
  readonly suitesDir?: string;
  /** False: only describe the suite; the files of a made suite may not be there yet. Default true. */
  readonly make?: boolean;
}

export interface LoadedSuite extends Suite {
  /** What is known already, by clip id: of made clips the content before encoding, of imported ones what their files held. */
  readonly contentHashes?: Readonly<Record<string, string>>;
}

/**
 * A suite by the id of one that comes with the package, by a folder with suite.json and clips.csv, or by a plain folder of
 * videos. Made suites are made into the cache first, unless `make` is false. Throws a BenchError for the user to act on.
 */
export async function loadSuite(idOrPath: string, options: LoadSuiteOptions): Promise<LoadedSuite> {
  const found = await findSuite(idOrPath);
  const folder = await withMedia(found, options.suitesDir ?? suitesDirectory());
  const definitionFile = join(folder, 'suite.json');
  const clipsFile = join(folder, 'clips.csv');
  if (!existsSync(definitionFile)) {
    if (existsSync(clipsFile)) throw missingPart(definitionFile);
    return { ...definitionForFolder(folder), clips: await clipsOfFolder(folder) };
  }
  const definition = await readSuiteDefinition(definitionFile);
  if (!existsSync(clipsFile)) throw missingPart(clipsFile);
  if (definition.maker !== undefined) return loadMade(definition, { ...options, clipsFile });
  const lock = await readSuiteLock(folder);
  if (lock !== undefined) return loadImported(definition, { lock, clipsFile });
  return { ...definition, clips: await readClips(clipsFile) };
}

/** The folder with the user's copy of a suite's media, where the suite's own folder only tells where they come from. */
async function withMedia(folder: string, suitesDir: string): Promise<string> {
  const definitionFile = join(folder, 'suite.json');
  if (!existsSync(definitionFile) || existsSync(join(folder, lockFileName))) return folder;
  const { media, id, version } = await readSuiteDefinition(definitionFile);
  if (media === undefined) return folder;
  const imported = importedSuiteFolder(suitesDir, id);
  const lock = await readSuiteLock(imported);
  if (lock === undefined) throw notImported(id, { media, expected: imported });
  if (lock.suite.version !== version) throw otherVersion(imported, { id, version, imported: lock.suite.version });
  return imported;
}

function notImported(
  id: string,
  { media, expected }: { readonly media: MediaLayout; readonly expected: string },
): BenchError {
  return new BenchError({
    code: 'suite-not-imported',
    kind: 'usage',
    problem: `the media of ${id} are not on this machine`,
    expected,
    remedy: howToBring(id, media),
  });
}

/** The command that brings the media of a suite to this machine. */
export function howToBring(id: string, media: MediaLayout): string {
  const mapping = `\`bench suites import FOLDER --suite ${id}\``;
  return hubSources(media).length > 0
    ? `Fetch them with \`bench suites fetch ${id}\`, or map a copy with ${mapping}`
    : `Get them from their authors, then map your copy with ${mapping}`;
}

function otherVersion(
  file: string,
  { id, version, imported }: { readonly id: string; readonly version: string; readonly imported: string },
): BenchError {
  return new BenchError({
    code: 'suite-other-version',
    kind: 'input',
    file,
    problem: 'was imported for another version of the suite',
    expected: version,
    got: imported,
    remedy: `Import it again: \`bench suites import FOLDER --suite ${id}\``,
  });
}

async function loadMade(
  { maker: _, ...suite }: SuiteDefinition,
  { clipsFile, ...options }: LoadSuiteOptions & { readonly clipsFile: string },
): Promise<LoadedSuite> {
  const made = await readMadeClips(clipsFile, { maker: demoMaker, suiteId: suite.id, cacheDir: options.cacheDir });
  if (options.make !== false) await makeSuite(made.toMake, { ...options, folder: made.folder, threads: true });
  return { ...suite, clips: made.clips, contentHashes: made.contentHashes };
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
