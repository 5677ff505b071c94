import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Measurement {
  readonly name: string;
  /** Median over the repeats. */
  readonly seconds: number;
  /** Seconds of audio worked on in a second, where the work is on audio. */
  readonly audioSecondsPerSecond?: number;
  readonly reference: string;
  /** `seconds` over the seconds of the reference, measured in the same run: what can be held against other machines. */
  readonly ratio: number;
}

/** Median wall seconds of `repeats` calls after one warm-up. */
export async function secondsOf(work: () => unknown, repeats = 5): Promise<number> {
  await work();
  const seconds: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const startMs = performance.now();
    await work();
    seconds.push((performance.now() - startMs) / 1000);
  }
  return seconds.sort((a, b) => a - b)[Math.floor(repeats / 2)]!;
}

/** Prints a table, and keeps it under `benchmarks/results` unless `store` is false: a part of a benchmark is no result. */
export async function publish(
  name: string,
  measurements: readonly Measurement[],
  { store = true }: { readonly store?: boolean } = {},
): Promise<void> {
  console.table(
    measurements.map(({ name: what, seconds, audioSecondsPerSecond, ratio, reference }) => ({
      what,
      seconds: seconds.toPrecision(3),
      'audio s / s': audioSecondsPerSecond?.toFixed(0) ?? '',
      ratio: ratio.toPrecision(3),
      'of the time of': reference,
    })),
  );
  if (!store) return;
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  await mkdir(folder, { recursive: true });
  const record = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    load: loadavg()[0],
    measurements,
  };
  await writeFile(`${folder}${name}.json`, `${JSON.stringify(record, null, 2)}\n`);
}
