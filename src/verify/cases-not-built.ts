import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { skipped } from '../core/outcome.js';
import type { CaseLine } from './case-line.js';

/** The cases of a file of the metrics' golden values, all skipped: their runners do not exist yet. */
export async function skippedMetricCases(file: string): Promise<CaseLine[]> {
  const family = basename(file, '.json');
  const { cases } = JSON.parse(await readFile(file, 'utf8')) as { cases?: unknown };
  return casesOf(cases).map((id) => ({
    name: `${family}/${id}`,
    outcome: skipped(`golden values of metrics are not checked yet`),
  }));
}

function casesOf(cases: unknown): string[] {
  if (!Array.isArray(cases) || cases.length === 0) return ['(whole file)'];
  return cases.map((entry: unknown, index) =>
    typeof entry === 'object' && entry !== null && 'id' in entry ? String(entry.id) : String(index),
  );
}
