import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationLine } from '../../src/generate/vidmuse/generation-record.js';
import { locateBinaries } from '../../src/media/binaries.js';
import { probeMedia } from '../../src/media/probe.js';
import { importUntrainedVidmuse } from '../../src/models/untrained/vidmuse.js';
import { bench, type CliResult, startBench } from '../helpers/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'bench-generate-'));
let models: string;

function make(...args: string[]): void {
  const { ffmpeg } = locateBinaries({ BENCH_FFMPEG: 'bundled' });
  execFileSync(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args], { cwd: folder });
}

function generate(videos: readonly string[], out: string, ...options: string[]): Promise<CliResult> {
  const paths = videos.map((video) => join(folder, video));
  return bench(['generate', ...paths, '--out', join(folder, out), '--models', models, '--quiet', ...options]);
}

function linesOf(out: string): GenerationLine[] {
  const text = readFileSync(join(folder, out, 'generations.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as GenerationLine);
}

beforeAll(async () => {
  models = await importUntrainedVidmuse({ folder: join(folder, 'models') });
  const picture = (rate: string, seconds: number): string[] => [
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=160x90:r=${rate}:d=${seconds}`,
  ];
  make(...picture('25', 2.5), '-c:v', 'libx264', 'plain.mp4');
  make(...picture('30000/1001', 2), '-pix_fmt', 'yuv444p', '-c:v', 'libx264', 'ünï code.mkv');
  make(...picture('25', 0.04), '-c:v', 'libx264', 'one.mp4');
  make('-f', 'lavfi', '-i', 'testsrc2=s=161x91:r=10:d=2', '-c:v', 'ffv1', 'odd.mkv');
  make(...picture('25', 2), '-pix_fmt', 'yuv420p10le', '-c:v', 'ffv1', 'ten-bit.mkv');
  make(...picture('25', 2), '-vf', 'format=rgba', '-c:v', 'qtrle', 'alpha.mov');
  make('-i', 'plain.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=90', 'turned.mp4');
  make(...picture('25', 3), '-vf', "select='lt(n,20)+gte(n,50)'", '-vsync', 'vfr', '-c:v', 'libx264', 'vfr.mp4');
  make('-f', 'lavfi', '-i', 'sine=d=1', 'sound.wav');
  make(...picture('25', 4), '-g', '12', '-c:v', 'libx264', 'whole.mp4');
  const bytes = readFileSync(join(folder, 'whole.mp4'));
  for (let place = Math.floor(bytes.length / 3); place < bytes.length / 2; place += 5) bytes[place] = 0;
  writeFileSync(join(folder, 'corrupt.mp4'), bytes);
  writeFileSync(join(folder, 'text.mp4'), 'not a video\n');
  writeFileSync(join(folder, 'empty.mp4'), '');
  mkdirSync(join(folder, 'folder.mp4'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('bench generate', () => {
  const good = [
    'plain.mp4',
    'ünï code.mkv',
    'one.mp4',
    'odd.mkv',
    'ten-bit.mkv',
    'alpha.mov',
    'turned.mp4',
    'vfr.mp4',
    'corrupt.mp4',
  ];
  const bad = ['none.mp4', 'text.mp4', 'empty.mp4', 'folder.mp4', 'sound.wav'];

  it('makes music as long as each video, says in one line what it cannot use, and goes on', async () => {
    const { exitCode, stderr } = await generate([...bad, ...good], 'all');
    expect(exitCode).toBe(3);
    const lines = linesOf('all');
    expect(lines).toHaveLength(good.length + bad.length);
    for (const name of good) {
      const { durationSeconds } = await probeMedia(join(folder, name));
      const stem = name.replace(/\.\w+$/, '');
      const { audio, durationSeconds: made } = await probeMedia(join(folder, 'all', `${stem}.wav`));
      expect(audio).toMatchObject({ sampleRateHz: 32_000, channels: 1 });
      expect(Math.abs(made - durationSeconds)).toBeLessThan(1e-3);
    }
    for (const name of bad) {
      expect(lines.find(({ video }) => video.endsWith(name))?.outcome.status).toBe('failed');
      expect(stderr.split('\n').filter((line) => line.startsWith('failed:') && line.includes(name))).toHaveLength(1);
    }
    expect(stderr).not.toContain('    at ');
    expect(stderr).toContain('UNTRAINED');
  });

  it('records what decides the sound, and the real-time factor', async () => {
    await generate(
      ['plain.mp4'],
      'record',
      '--compat',
      'upstream',
      '--seed',
      '5',
      '--top-k',
      '10',
      '--loudness',
      'none',
    );
    const [line] = linesOf('record');
    expect(line?.settings).toMatchObject({
      ...{
        model: 'vidmuse',
        compat: 'upstream',
        seed: 5,
        loudness: 'none',
        guidance: 3,
        provider: 'cpu',
        dtype: 'f32',
      },
      sampling: { temperature: 1, topK: 10, topP: 0 },
    });
    if (line?.outcome.status !== 'ok') throw new Error(JSON.stringify(line));
    const { durationSeconds, wallSeconds, realTimeFactor } = line.outcome.value;
    expect(durationSeconds).toBe(2);
    expect(realTimeFactor).toBeCloseTo(wallSeconds / durationSeconds, 9);
  });

  it('does not make again what is there, and gives the same bytes however it is run', async () => {
    const first = await generate(['plain.mp4', 'odd.mkv'], 'again');
    expect(first.exitCode).toBe(0);
    const second = await generate(['plain.mp4', 'odd.mkv'], 'again');
    expect(second.stderr.match(/already there/g)).toHaveLength(2);
    expect(linesOf('again')).toHaveLength(2);
    rmSync(join(folder, 'again/odd.wav'));
    expect((await generate(['odd.mkv', 'plain.mp4'], 'again')).stderr.match(/already there/g)).toHaveLength(1);
    await generate(['odd.mkv', 'vfr.mp4', 'plain.mp4'], 'batched', '--batch', '3', '--decoding', 'window');
    for (const name of ['plain.wav', 'odd.wav'])
      expect(readFileSync(join(folder, 'batched', name)).equals(readFileSync(join(folder, 'again', name)))).toBe(true);
  });

  it('stops on Ctrl-C with nothing half-written and goes on later', async () => {
    make('-stream_loop', '40', '-i', 'plain.mp4', '-c', 'copy', 'long.mp4');
    const args = ['generate', join(folder, 'long.mp4'), '--out', join(folder, 'stopped'), '--models', models];
    const started = startBench(args);
    await new Promise<void>((resolve) => {
      started.process.stderr?.on('data', (text: Buffer) => {
        if (text.toString().includes('Generating')) resolve();
      });
    });
    started.process.kill('SIGINT');
    expect((await started.result).exitCode).toBe(130);
    expect(linesOf('stopped').length).toBe(0);
  }, 60_000);

  it('writes the video with the music as its sound', async () => {
    const { exitCode, stderr } = await generate(['plain.mp4', 'alpha.mov'], 'muxed', '--mux', '--duration', '1');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    for (const name of ['plain.vidmuse.mp4', 'alpha.vidmuse.mov']) {
      const { video, audio } = await probeMedia(join(folder, 'muxed', name));
      expect(video).toBeDefined();
      expect(audio).toMatchObject({ codec: 'aac', sampleRateHz: 32_000 });
    }
  });

  it.each([
    [['--dtype', 'f16'], 'imported in another floating type'],
    [['--provider', 'cuda'], 'cannot compute this with cuda'],
    [['--top-p', '1.5'], 'share from 0 to 1'],
    [['--models', '/nowhere'], 'bench models pull'],
  ])('refuses %j with the way out', async (options, message) => {
    const { exitCode, stderr } = await generate(['plain.mp4'], 'refused', ...options);
    expect([1, 2]).toContain(exitCode);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('refuses two videos of one name', async () => {
    mkdirSync(join(folder, 'other'), { recursive: true });
    make('-i', 'plain.mp4', '-c', 'copy', 'other/plain.mp4');
    const { exitCode, stderr } = await generate(['plain.mp4', 'other/plain.mp4'], 'twice');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('would both become plain.wav');
  });
});
