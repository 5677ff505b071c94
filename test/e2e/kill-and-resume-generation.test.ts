import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationRecord } from '../../src/core/record.js';
import type { GenerationLine } from '../../src/generate/vidmuse/generation-record.js';
import { locateBinaries } from '../../src/media/binaries.js';
import { importUntrainedVidmuse } from '../../src/models/untrained/vidmuse.js';
import { bench, type CliResult, startBench } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'bench-kill-generation-'));
/** The larger group of equal lengths goes first: some of a second are done when the three of 9 s, side by side, have most of their steps before them. */
const videos = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => join(folder, 'videos', `${name}.mp4`));
let models: string;

beforeAll(async () => {
  models = await importUntrainedVidmuse({ folder: join(folder, 'models') });
  mkdirSync(join(folder, 'videos'));
  const { ffmpeg } = locateBinaries({ BENCH_FFMPEG: 'bundled' });
  for (const [index, path] of videos.entries()) {
    const picture = `testsrc2=s=64x48:r=4:d=${index < 5 ? 1 : 9},hue=h=${40 * index}`;
    execFileSync(ffmpeg, ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', picture, '-c:v', 'libx264', path]);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function linesOf<T>(path: string): T[] {
  try {
    const whole = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    return whole.map((line) => JSON.parse(line) as T);
  } catch {
    return [];
  }
}

/** Sends the signal once the record has so many lines. */
async function stopped(
  args: readonly string[],
  { record, lines, signal }: { readonly record: string; readonly lines: number; readonly signal: NodeJS.Signals },
): Promise<CliResult> {
  const { process: child, result } = startBench(args);
  while (linesOf(record).length < lines && child.exitCode === null) await setTimeout(20);
  child.kill(signal);
  return result;
}

/** Everything that was made, by name. */
function soundsIn(path: string): Record<string, Buffer> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wav'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(path, name))]));
}

const generate = (out: string): string[] => [
  ...['generate', ...videos, '--out', join(folder, out), '--models', models],
  ...['--quiet', '--batch', '3', '--threads', '1', '--seed', '3'],
];

describe('a generation that is stopped in the middle of a batch', { timeout: 240_000 }, () => {
  it.each([
    ['SIGKILL', 'step'],
    ['SIGINT', 'window'],
  ] as const)(
    'by %s (drawn by %s) goes on with the clips that are not there, and makes the same music',
    async (signal, decoding) => {
      const out = `stopped-${signal}`;
      const args = [...generate(out), '--decoding', decoding];
      const record = join(folder, out, 'generations.jsonl');
      const { exitCode } = await stopped(args, { record, lines: 2, signal });
      expect(exitCode).toBe(signal === 'SIGKILL' ? null : 130);
      const before = linesOf<GenerationLine>(record);
      expect(before.length).toBeGreaterThanOrEqual(2);
      expect(before.length).toBeLessThan(videos.length);
      const made = before.map(({ outcome }) => (outcome.status === 'ok' ? outcome.value.path : ''));
      const times = made.map((path) => statSync(join(folder, out, path)).mtimeMs);

      const resumed = await bench(args);
      expect(resumed.exitCode, resumed.stderr).toBe(0);
      expect(resumed.stderr.match(/already there/g)).toHaveLength(before.length);
      expect(made.map((path) => statSync(join(folder, out, path)).mtimeMs)).toEqual(times);
      expect(linesOf(record)).toHaveLength(videos.length);

      const undisturbed = await bench([...generate(`undisturbed-${signal}`), '--decoding', decoding]);
      expect(undisturbed.exitCode, undisturbed.stderr).toBe(0);
      expect(soundsIn(join(folder, out))).toEqual(soundsIn(join(folder, `undisturbed-${signal}`)));
      expect(readdirSync(join(folder, out)).filter((name) => !/^[a-h]\.wav$|^generations\.jsonl$/.test(name))).toEqual(
        [],
      );
    },
  );

  it('as a step of a run by kill -9 goes on in the same way', async () => {
    const run = (out: string): string[] => [
      ...['run', '--suite', join(folder, 'videos'), '--systems', 'vidmuse-untrained', '--window', 'full'],
      ...['--out', join(folder, out), '--cache', join(folder, 'cache'), '--until', 'generate', '--quiet'],
    ];
    const record = join(folder, 'run', 'generations.jsonl');
    await stopped(run('run'), { record, lines: 2, signal: 'SIGKILL' });
    const before = linesOf<GenerationRecord>(record);
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(before.length).toBeLessThan(videos.length);
    const times = before.map(({ clipId }) => statSync(join(folder, `run/audio/vidmuse-untrained/${clipId}.seed0.wav`)));

    const resumed = await bench(run('run'));
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    const after = before.map(({ clipId }) => statSync(join(folder, `run/audio/vidmuse-untrained/${clipId}.seed0.wav`)));
    expect(after.map(({ mtimeMs }) => mtimeMs)).toEqual(times.map(({ mtimeMs }) => mtimeMs));
    expect(linesOf(record)).toHaveLength(videos.length);

    expect((await bench(run('run-undisturbed'))).exitCode).toBe(0);
    expect(soundsIn(join(folder, 'run'))).toEqual(soundsIn(join(folder, 'run-undisturbed')));
  });
});
