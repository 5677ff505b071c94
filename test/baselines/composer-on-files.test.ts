import { expect, it } from 'vitest';
import { composer } from '../../src/baselines/composer.js';
import { durationSecondsOf, type Waveform } from '../../src/core/waveform.js';
import { detectOnsets } from '../../src/dsp/onsets.js';
import { openVideoFrames } from '../../src/media/video-frames.js';
import { mediaFolder } from '../media/media-files.js';
import { monoAt22050, okValue } from './painted-videos.js';

const media = mediaFolder();
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

async function composeFile(path: string): Promise<Waveform> {
  const frames = okValue(await openVideoFrames(path));
  return okValue(await composer.generate({ durationSeconds: frames.durationSeconds, seed: 1, views: { frames } }));
}

it('marks the cuts of a compressed video at 30000/1001 frames a second', async () => {
  const shots = ['red', 'white', 'navy', 'olive'].flatMap((colour) => [
    '-f',
    'lavfi',
    '-i',
    `color=${colour}:s=640x360:r=30000/1001:d=1.001`,
  ]);
  const path = media.make(
    ...shots,
    '-filter_complex',
    '[0][1][2][3]concat=n=4,noise=alls=6:allf=t',
    ...h264,
    'cuts.mp4',
  );
  const music = await composeFile(path);
  expect(durationSecondsOf(music)).toBeCloseTo(4.004, 1);
  const onsets = [...detectOnsets(monoAt22050(music), { sampleRateHz: 22_050 })];
  for (const cut of [1.001, 2.002, 3.003]) {
    expect(Math.min(...onsets.map((onset) => Math.abs(onset - cut)))).toBeLessThan(1001 / 30_000);
  }
});

it('makes music for a video of one picture', async () => {
  const path = media.make('-f', 'lavfi', '-i', 'color=gray:s=64x64:r=25:d=0.04', '-frames:v', '1', ...h264, 'one.mp4');
  const music = await composeFile(path);
  expect(durationSecondsOf(music)).toBeGreaterThan(0);
  expect(music.channels[0]!.every(Number.isFinite)).toBe(true);
});
