import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Suite } from '../../src/core/suite.js';
import { locateBinaries } from '../../src/media/binaries.js';
import { writeWav } from '../../src/media/write-wav.js';
import type { ClipOutput, Leaderboard } from '../../src/report/leaderboard-types.js';
import { bench, type CliResult } from '../helpers/cli.js';

const run = promisify(execFile);

describe('bench score on a folder of good and bad files', { timeout: 300_000 }, () => {
  let result: CliResult;
  let board: Leaderboard;
  let allowed: CliResult;
  const idOf: Record<string, string> = {};

  beforeAll(async () => {
    const suite = JSON.parse((await bench(['suites', 'make', 'demo', '--json', '--quiet'])).stdout) as Suite;
    const clips = suite.clips.filter(({ split }) => split === 'test').sort((a, b) => (a.id < b.id ? -1 : 1));
    const root = await mkdtemp(join(tmpdir(), 'bench-score-'));
    const wavs = join(root, 'wavs');
    await mkdir(wavs);
    const kinds = [
      'missing',
      'truncated',
      'text',
      'empty',
      'surround',
      'flac96',
      'zeros',
      'nan',
      'late',
      'long',
      'short',
    ];
    const { ffmpeg } = await locateBinaries();
    for (const [index, clip] of clips.entries()) {
      const kind = kinds[index] ?? 'good';
      idOf[kind] = clip.id;
      const reference = clip.referencePath!;
      const wav = join(wavs, `${clip.id}.wav`);
      const seconds = 10;
      const silence = new Float32Array(32_000 * seconds);
      if (kind === 'good') await cp(reference, wav);
      if (kind === 'truncated') await writeFile(wav, (await readFile(reference)).subarray(0, 900_000));
      if (kind === 'text') await writeFile(wav, 'This is not a sound.');
      if (kind === 'empty') await writeFile(wav, '');
      if (kind === 'surround') {
        await run(ffmpeg, [
          '-v',
          'error',
          '-i',
          reference,
          '-ac',
          '6',
          '-c:a',
          'libvorbis',
          join(wavs, `${clip.id}.ogg`),
        ]);
      }
      if (kind === 'flac96') {
        await run(ffmpeg, ['-v', 'error', '-i', reference, '-ac', '1', '-ar', '96000', join(wavs, `${clip.id}.flac`)]);
      }
      if (kind === 'zeros') await writeWav(wav, { sampleRateHz: 32_000, channels: [silence] });
      if (kind === 'nan') {
        await writeWav(wav, {
          sampleRateHz: 32_000,
          channels: [silence.map((_, n) => (n === 777 ? Number.NaN : 0.1))],
        });
      }
      if (kind === 'late') {
        const path = join(wavs, `${clip.id}.mka`);
        await run(ffmpeg, ['-v', 'error', '-itsoffset', '2', '-i', reference, '-c:a', 'pcm_s16le', path]);
      }
      if (kind === 'long') await run(ffmpeg, ['-v', 'error', '-stream_loop', '1', '-i', reference, '-t', '20', wav]);
      if (kind === 'short') await run(ffmpeg, ['-v', 'error', '-i', reference, '-t', '6', wav]);
    }
    await writeFile(join(wavs, 'nobody.wav'), 'x');
    const command = ['score', '--suite', 'demo', '--outputs', `mine=${wavs}`, '--out', join(root, 'run'), '--quiet'];
    result = await bench(command);
    board = JSON.parse(await readFile(join(root, 'run', 'leaderboard.json'), 'utf8')) as Leaderboard;
    allowed = await bench([...command, '--allow-missing']);
  }, 300_000);

  const outputOf = (kind: string): ClipOutput => board.clips.find(({ clipId }) => clipId === idOf[kind])!.outputs[0]!;
  const textOf = (kind: string): string => JSON.stringify(outputOf(kind));

  it('ends with exit 3 for missing outputs, and 0 with --allow-missing', () => {
    expect(result.exitCode).toBe(3);
    expect(allowed.exitCode).toBe(0);
  });

  it('names each bad file and what is wrong with it on stderr, without a stack', () => {
    expect(result.stderr).toContain('nobody.wav belongs to no clip');
    for (const kind of ['missing', 'text', 'empty', 'nan']) expect(result.stderr).toContain(idOf[kind]);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['missing', 'failed', /missing/],
    ['text', 'failed', /not|cannot/i],
    ['empty', 'failed', /empty|zero|0 bytes/i],
    ['nan', 'failed', /sample 777 .*not a finite number/],
  ])('%s file: %s', (kind, status, reason) => {
    expect(outputOf(kind).outcome.status).toBe(status);
    expect(textOf(kind)).toMatch(reason);
  });

  it('takes zeros in, but scores nothing from them, with the reason', () => {
    expect(outputOf('zeros').outcome.status).toBe('ok');
    for (const { outcome } of outputOf('zeros').scores) {
      expect(outcome.status).toBe('skipped');
      expect(JSON.stringify(outcome)).toMatch(/silen/i);
    }
  });

  it.each(['surround', 'flac96', 'good', 'truncated', 'late', 'long', 'short'])('scores the %s file', (kind) => {
    expect(outputOf(kind).outcome.status).toBe('ok');
    for (const { outcome } of outputOf(kind).scores) expect(outcome.status).toBe('ok');
  });

  it.each([
    ['truncated', /shorter than its video/],
    ['short', /shorter than its video/],
    ['long', /longer than its video/],
    ['late', /starts 2\.0 s late/],
  ])('flags the %s file', (kind, flag) => {
    expect(textOf(kind)).toMatch(flag);
  });

  it('scores the rest and shows the coverage', () => {
    const [row] = board.rows;
    for (const { coverage, outcome } of row!.cells) {
      expect(outcome.status).toBe('ok');
      expect(coverage).toMatchObject({ scored: 19, total: 24 });
      expect(coverage.missing).toHaveLength(5);
    }
  });
});
