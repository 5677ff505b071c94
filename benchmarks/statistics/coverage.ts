/**
 * Measures what the intervals and tests of the tables really hold, by simulation: how often 95 % intervals cover and how
 * often tests find a difference that is not there. Prints the numbers of docs/statistics.md and keeps them in
 * benchmarks/results/statistics-means.json and statistics-sets.json. Takes about half an hour.
 *
 *   npm run bench:statistics -- [means|sets] [repetitions]
 */
import { writeFileSync } from 'node:fs';
import { meanCounts, measureMeanCoverage, shapes } from './mean-coverage.js';
import { measureSetCoverage } from './set-coverage.js';
import { families } from './set-families.js';

const part = process.argv[2] ?? 'all';
const repetitions = Number(process.argv[3] ?? 500);

/** Measures some lines at a time, prints them, and keeps all. */
function keep<T>(name: string, measurements: readonly (() => readonly T[])[]): void {
  const lines: T[] = [];
  for (const measure of measurements) {
    const measured = measure();
    lines.push(...measured);
    for (const line of measured) console.log(JSON.stringify(line));
    const path = new URL(`../results/statistics-${name}.json`, import.meta.url);
    writeFileSync(path, `${JSON.stringify({ measurements: lines }, null, 2)}\n`);
  }
}

if (part !== 'sets') {
  keep(
    'means',
    shapes.flatMap((shape) => meanCounts.map((clips) => () => [measureMeanCoverage(shape, { clips, repetitions })])),
  );
}
if (part !== 'means') {
  keep(
    'sets',
    families.flatMap((family) =>
      family.counts.map((clips) => () => {
        const times = Math.ceil(repetitions * (family.effort ?? 1));
        return measureSetCoverage(family, { clips, repetitions: times });
      }),
    ),
  );
}
