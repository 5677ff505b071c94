import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reasonOf } from '../../src/core/outcome.js';
import { type CaseLine, statusOf } from '../../src/verify/case-line.js';
import type { FamilyRunner } from '../../src/verify/metrics/family-runner.js';
import { verifyMetricFile } from '../../src/verify/metrics/verify-metrics.js';

export interface GoldenJson {
  readonly family: string;
  readonly cases: readonly Readonly<Record<string, unknown>>[];
}

export function goldenPath(family: string): string {
  return fileURLToPath(new URL(`../fixtures/metrics/${family}.json`, import.meta.url));
}

/** The lines of a family's golden file, or of a changed copy of it. */
export async function linesOf(
  runner: FamilyRunner,
  family: string,
  change: (file: GoldenJson) => GoldenJson = (file) => file,
): Promise<CaseLine[]> {
  const file = JSON.parse(await readFile(goldenPath(family), 'utf8')) as GoldenJson;
  const folder = await mkdtemp(join(tmpdir(), 'golden-'));
  try {
    const path = join(folder, `${family}.json`);
    await writeFile(path, JSON.stringify(change(file)));
    const lines: CaseLine[] = [];
    for await (const line of verifyMetricFile(path, { families: [runner] })) lines.push(line);
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is said about the lines that did not pass, but for skipped ones. */
export function unfilled(lines: readonly CaseLine[]): string[] {
  return lines.filter((line) => statusOf(line) === 'failed').map(({ name, outcome }) => `${name}: ${textOf(outcome)}`);
}

/** What is said about the lines of one case when the value at `path` inside it is `value`; empty when all pass. */
export async function changedLine(
  runner: FamilyRunner,
  change: {
    readonly family: string;
    readonly id: string;
    readonly path: readonly (string | number)[];
    readonly value: unknown;
  },
): Promise<string> {
  const lines = await linesOf(runner, change.family, (file) => ({
    ...file,
    cases: file.cases
      .filter(({ id }) => id === change.id)
      .map((entry) => {
        const copy = structuredClone(entry);
        setAt(copy, change.path, change.value);
        return copy;
      }),
  }));
  if (lines.length === 0) throw new Error(`no case ${change.id}`);
  return lines
    .filter((line) => statusOf(line) === 'failed')
    .map(({ outcome }) => textOf(outcome))
    .join('; ');
}

function setAt(target: unknown, path: readonly (string | number)[], value: unknown): void {
  const [key, ...rest] = path;
  const fields = target as Record<string | number, unknown>;
  if (key === undefined || !(key in fields)) throw new Error(`no field ${path.join('.')}`);
  if (rest.length === 0) fields[key] = value;
  else setAt(fields[key], rest, value);
}

function textOf(outcome: CaseLine['outcome']): string {
  return outcome.status === 'ok' ? outcome.value.broken.join('; ') : reasonOf(outcome);
}
