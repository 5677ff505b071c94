import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorOf } from '../core/errors.js';
import { failed, type Outcome, ok } from '../core/outcome.js';
import { benchmarkIds, benchmarksFolder } from './benchmarks-folder.js';
import { parseCsvTable } from './csv-table.js';
import { readSuiteLock } from './import/suite-lock.js';
import { countClips } from './import/suite-notes.js';
import { readSuiteDefinition, type SuiteDefinition } from './suite-definition.js';
import { importedSuiteFolder, suitesDirectory } from './suites-folder.js';

export interface SuiteSummary extends SuiteDefinition {
  readonly folder: string;
  readonly clipCounts: { readonly test: number; readonly pool: number };
  /** What of an external suite is on this machine; left out: it was not imported. */
  readonly imported?: Outcome<ReturnType<typeof countClips>>;
}

export interface ListOptions {
  readonly root?: string;
  readonly suitesDir?: string;
}

/** The suites that come with the package, sorted by id. Makes and decodes nothing. */
export async function listSuites(options: ListOptions = {}): Promise<SuiteSummary[]> {
  const { root = benchmarksFolder, suitesDir = suitesDirectory() } = options;
  return Promise.all((await benchmarkIds(root)).map((id) => summaryOf(join(root, id), suitesDir)));
}

async function summaryOf(folder: string, suitesDir: string): Promise<SuiteSummary> {
  const definition = await readSuiteDefinition(join(folder, 'suite.json'));
  const clipsFile = join(folder, 'clips.csv');
  const { rows } = parseCsvTable(await readFile(clipsFile, 'utf8'), clipsFile);
  const pool = rows.filter((row) => row.cells.split === 'pool').length;
  const summary = { ...definition, folder, clipCounts: { test: rows.length - pool, pool } };
  if (definition.media === undefined) return summary;
  const imported = await importedCounts(importedSuiteFolder(suitesDir, definition.id));
  return imported === undefined ? summary : { ...summary, imported };
}

async function importedCounts(folder: string): Promise<SuiteSummary['imported']> {
  try {
    const lock = await readSuiteLock(folder);
    return lock === undefined ? undefined : ok(countClips(lock.clips));
  } catch (error) {
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}
