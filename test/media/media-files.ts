import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { locateBinaries } from '../../src/media/binaries.js';

/** The ffmpeg installations to test with: the packages' copy always, the machine's own where it has one. */
export function installations(): { name: string; setting: string }[] {
  const own = locateBinaries({ PATH: process.env.PATH }).ffmpeg;
  const bundled = locateBinaries({ BENCH_FFMPEG: 'bundled' }).ffmpeg;
  return [{ name: 'bundled', setting: 'bundled' }, ...(own === bundled ? [] : [{ name: 'own', setting: own }])];
}

/** Sets BENCH_FFMPEG for the tests of the surrounding block. */
export function useInstallation(setting: string): void {
  const before = process.env.BENCH_FFMPEG;
  beforeAll(() => {
    process.env.BENCH_FFMPEG = setting;
  });
  afterAll(() => {
    if (before === undefined) delete process.env.BENCH_FFMPEG;
    else process.env.BENCH_FFMPEG = before;
  });
}

export interface MediaFolder {
  readonly folder: string;
  path(name: string): string;
  /** Runs ffmpeg inside the folder; the last argument names the file that it makes. */
  make(...args: string[]): string;
}

/** A temporary folder for the tests of a file, removed at the end. */
export function mediaFolder(): MediaFolder {
  const folder = mkdtempSync(join(tmpdir(), 'bench-media-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const { ffmpeg } = locateBinaries({ BENCH_FFMPEG: 'bundled' });
  return {
    folder,
    path: (name) => join(folder, name),
    make: (...args) => {
      execFileSync(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args], { cwd: folder });
      return join(folder, args.at(-1) ?? '');
    },
  };
}

/** A stereo click of 10 ms at 2 s in 4 s of silence. */
export const click = [
  '-f',
  'lavfi',
  '-i',
  'aevalsrc=if(between(t\\,2\\,2.01)\\,0.9*sin(2*PI*1000*t)\\,0)|0:d=4:s=48000:c=stereo',
];
/** A white flash of one picture at 2 s in 4 s of black. */
export const flash = [
  '-f',
  'lavfi',
  '-i',
  "color=black:s=160x90:r=25:d=4,drawbox=c=white:t=fill:enable='between(t,1.99,2.03)'",
];
