import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseLine } from '../../src/verify/case-line.js';
import { metricFamilies } from '../../src/verify/metrics/index.js';
import { verifyMetricFile } from '../../src/verify/metrics/verify-metrics.js';

export type JsonObject = Record<string, unknown>;

export interface FamilyFile extends JsonObject {
  family: string;
  cases: (JsonObject & { id: string; outcome: string })[];
}

/** A fresh copy of a family's golden values, to be changed at will. */
export function readFamily(family: string): FamilyFile {
  return JSON.parse(readFileSync(new URL(`../fixtures/metrics/${family}.json`, import.meta.url), 'utf8'));
}

/** What `bench verify` says of a file with this content. */
export async function verifyFamily(file: unknown, only?: string): Promise<CaseLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-metric-family-'));
  try {
    const path = join(folder, 'family.json');
    await writeFile(path, typeof file === 'string' ? file : JSON.stringify(file));
    const options = { families: metricFamilies, ...(only === undefined ? {} : { only }) };
    const lines: CaseLine[] = [];
    for await (const line of verifyMetricFile(path, options)) lines.push(line);
    return lines;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The cases whose inputs are at most so many numbers each: large ones take seconds and no other branch. */
export function withoutLargeInputs(file: FamilyFile, largest: number): FamilyFile {
  return { ...file, cases: file.cases.filter((entry) => recipesIn(entry).every(({ N, d }) => N * d <= largest)) };
}

export interface AnyRecipe {
  N: number;
  d: number;
  seed: number;
  ops?: { op: string; i?: number; v?: unknown }[];
}

/** Every matrix recipe in a value, however deep; they can be changed in place. */
export function recipesIn(value: unknown): AnyRecipe[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('kind' in value && value.kind === 'matrix') return [value as unknown as AnyRecipe];
  return Object.values(value).flatMap(recipesIn);
}
