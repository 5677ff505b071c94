import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benchmarkIds, benchmarksFolder } from './benchmarks-folder.js';
import { parseCsvTable } from './csv-table.js';
import { readSuiteDefinition, type SuiteDefinition } from './suite-definition.js';

export interface SuiteSummary extends SuiteDefinition {
  readonly folder: string;
  readonly clipCounts: { readonly test: number; readonly pool: number };
}

/** The suites that come with the package, sorted by id. Makes and decodes nothing. */
export async function listSuites(root: string = benchmarksFolder): Promise<SuiteSummary[]> {
  return Promise.all((await benchmarkIds(root)).map((id) => summaryOf(join(root, id))));
}

async function summaryOf(folder: string): Promise<SuiteSummary> {
  const definition = await readSuiteDefinition(join(folder, 'suite.json'));
  const clipsFile = join(folder, 'clips.csv');
  const { rows } = parseCsvTable(await readFile(clipsFile, 'utf8'), clipsFile);
  const pool = rows.filter((row) => row.cells.split === 'pool').length;
  return { ...definition, folder, clipCounts: { test: rows.length - pool, pool } };
}
