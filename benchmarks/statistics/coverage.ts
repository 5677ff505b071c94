/**
 * Measures what the intervals and tests of the tables really hold, by simulation: how often 95 % intervals cover and how
 * often tests find a difference that is not there. Prints the numbers of docs/statistics.md and keeps them in
 * benchmarks/results/statistics-means.json and statistics-sets.json. Takes about an hour; with a part of a name (and a number of
 * clips) only the lines that have it are measured, and the others are kept as they are.
 *
 *   npm run bench:statistics -- [means|sets] [repetitions] [name] [clips]
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { meanCounts, measureMeanCoverage, shapes } from './mean-coverage.js';
import { measureSetCoverage } from './set-coverage.js';
import { families } from './set-families.js';

const part = process.argv[2] ?? 'all';
const repetitions = Number(process.argv[3] ?? 500);
const wantedName = process.argv[4] ?? '';
const wantedClips = process.argv[5];

/** What gives the lines of one law or family at one number of clips. */
interface Measurement<T> {
  readonly names: readonly string[];
  readonly clips: number;
  readonly measure: () => readonly T[];
}

/** Measures some lines at a time, prints them, and puts them into their places among those kept. */
function keep<T extends object>(kind: string, measurements: readonly Measurement<T>[]): void {
  const path = new URL(`../results/statistics-${kind}.json`, import.meta.url);
  const order = measurements.flatMap(({ names, clips }) => names.map((name) => keyOf(name, clips)));
  for (const { names, clips, measure } of measurements) {
    if (!names.some((name) => name.includes(wantedName))) continue;
    if (wantedClips !== undefined && Number(wantedClips) !== clips) continue;
    const measured = measure();
    for (const line of measured) console.log(JSON.stringify(line));
    const kept = (JSON.parse(readFileSync(path, 'utf8')) as { readonly measurements: readonly T[] }).measurements;
    const lines = new Map([...kept, ...measured].map((line) => [keyOfLine(line), line]));
    const sorted = order.flatMap((key) => lines.get(key) ?? []);
    // Whole or not at all: other lines may be measured beside these.
    const whole = new URL(`${path.href}.${process.pid}`);
    writeFileSync(whole, `${JSON.stringify({ measurements: sorted }, null, 2)}\n`);
    renameSync(whole, path);
  }
}

function keyOf(name: string, clips: number): string {
  return `${name}, ${clips} clips`;
}

function keyOfLine(line: object): string {
  const { shape, family, clips } = line as {
    readonly shape?: string;
    readonly family?: string;
    readonly clips: number;
  };
  return keyOf(shape ?? family ?? '', clips);
}

if (part !== 'sets') {
  keep(
    'means',
    shapes.flatMap((shape) =>
      meanCounts.map((clips) => ({
        names: [shape.name],
        clips,
        measure: () => [measureMeanCoverage(shape, { clips, repetitions })],
      })),
    ),
  );
}
if (part !== 'means') {
  keep(
    'sets',
    families.flatMap((family) =>
      family.counts.map((clips) => ({
        names: family.names,
        clips,
        measure: () => measureSetCoverage(family, { clips, repetitions }),
      })),
    ),
  );
}
