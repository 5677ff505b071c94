import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { locateBinaries } from '../../src/media/binaries.js';
import type { Leaderboard } from '../../src/report/leaderboard-types.js';
import { bench } from '../helpers/cli.js';

const run = promisify(execFile);

/** H.264 with a moving picture; the sound has beats, so that there is something to measure. */
async function makeVideo(
  path: string,
  options: { size: string; rate: string; seconds: number; sound?: 'stereo' | '5.1'; codec?: 'aac' | 'ac3' },
): Promise<void> {
  const { ffmpeg } = await locateBinaries();
  const { size, rate, seconds, sound, codec = 'aac' } = options;
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`];
  // Commas end a filter's arguments unless they are escaped.
  const tone = '0.4*sin(2*PI*220*t)*exp(-6*mod(t\\,0.5))+0.2*sin(2*PI*330*t)*exp(-3*mod(t\\,1))';
  // Computed once and copied into every channel.
  const channels = Array.from({ length: sound === '5.1' ? 6 : 2 }, (_, channel) => `c${channel}=c0`).join('|');
  const source = `aevalsrc=${tone}:c=mono:s=48000:d=${seconds},pan=${sound}|${channels}`;
  const audio = ['-f', 'lavfi', '-i', source, '-c:a', codec];
  await run(ffmpeg, [
    ...['-v', 'error', ...picture, ...(sound === undefined ? [] : audio)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path],
  ]);
}

describe('bench run on a folder of videos', { timeout: 600_000 }, () => {
  let folder: string;
  const systems = ['--systems', 'reference,shuffled,composer,noise'];
  const board = async (out: string): Promise<Leaderboard> =>
    JSON.parse(await readFile(join(out, 'leaderboard.json'), 'utf8')) as Leaderboard;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-videos-'));
    await makeVideo(join(folder, 'surround.mp4'), { size: '160x90', rate: '30000/1001', seconds: 12, sound: '5.1' });
    await makeVideo(join(folder, 'high definition.mov'), { size: '1280x720', rate: '25', seconds: 8, sound: 'stereo' });
    const long = { size: '160x90', rate: '30000/1001', seconds: 210 };
    await makeVideo(join(folder, 'long.mkv'), { ...long, sound: '5.1', codec: 'ac3' });
    await makeVideo(join(folder, 'mute.mp4'), { size: '320x240', rate: '15', seconds: 8 });
  }, 300_000);

  it('uses the first 30 seconds by default and says which videos have no reference', async () => {
    const out = join(folder, '..', 'run-of-folder');
    const result = await bench(['run', '--suite', folder, '--out', out, '--quiet', ...systems]);
    expect(result.exitCode, result.stderr).toBe(0);
    const { clips, rows } = await board(out);
    expect(clips).toHaveLength(4);
    const outputs = Object.fromEntries(clips.map(({ clipId, outputs }) => [clipId, outputs]));
    const composed = outputs.long!.find(({ systemId }) => systemId === 'composer')!;
    expect(composed.outcome).toMatchObject({ status: 'ok', value: { durationSeconds: 30 } });
    const oracle = outputs.mute!.find(({ systemId }) => systemId === 'reference')!;
    expect(JSON.stringify(oracle.outcome)).toContain('no sound track');
    const composer = rows.find(({ systemId }) => systemId === 'composer')!;
    const align = composer.cells.find(({ metricId }) => metricId === 'dynamics-correlation')!;
    expect(align.coverage).toMatchObject({ scored: 4, total: 4 });
    const kl = composer.cells.find(({ metricId }) => metricId.startsWith('kl-'))!;
    expect(kl.coverage.scored).toBe(3);
  });

  it('takes whole videos with --window full', async () => {
    const out = join(folder, '..', 'run-of-folder-full');
    const result = await bench([
      ...['run', '--suite', folder, '--out', out, '--quiet', '--systems', 'composer,noise', '--window', 'full'],
      ...['--metrics', 'av-align-framediff,dynamics-correlation'],
    ]);
    expect(result.exitCode, result.stderr).toBe(0);
    const long = (await board(out)).clips.find(({ clipId }) => clipId === 'long')!;
    const seconds = long.outputs[0]!.outcome;
    expect(seconds.status === 'ok' && seconds.value.durationSeconds).toBeCloseTo(210, 0);
  });
});
