import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorOf } from '../core/errors.js';
import { reasonOf } from '../core/outcome.js';
import { lengthOf, type Waveform } from '../core/waveform.js';
import { createMusicnnEncoder } from '../encoders/musicnn-encoder.js';
import { decodeAudio } from '../media/decode-audio.js';
import { encodeVideo } from '../media/encode-video.js';
import { ffmpegVersion } from '../media/ffmpeg.js';
import { openVideoFrames } from '../media/video-frames.js';
import { writeWav } from '../media/write-wav.js';
import { probeProvider } from '../models/provider-probe.js';
import { onnxruntimeVersion } from '../models/session.js';
import { describeEnvironment } from '../run/environment.js';
import { writeFileAtomic } from '../store/atomic-file.js';
import { cacheDirectory } from '../store/cache-folder.js';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Each check does the real thing in small: a version string proves nothing. */
export async function runChecks(options: { readonly cache?: string }): Promise<Check[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-doctor-'));
  try {
    return [
      await check('node', async () => `${process.version} on ${process.platform} ${process.arch}`),
      await check('ffmpeg', () => ffmpegVersion()),
      await check('video round trip', () => videoRoundTrip(folder)),
      await check('audio round trip', () => audioRoundTrip(folder)),
      await check('onnxruntime (cpu)', tagTone),
      ...(await Promise.all((['cuda', 'webgpu'] as const).map(optionalProvider))),
      await check('cache folder', () => cacheIsWritable(cacheDirectory(options.cache))),
      await check('models and versions', async () => {
        const { models, benchVersion, gitCommit } = await describeEnvironment();
        const commit = gitCommit === undefined ? '' : ` at ${gitCommit.slice(0, 10)}`;
        return `bench ${benchVersion}${commit}; ${models.map(({ id, licence }) => `${id} (${licence})`).join(', ')}`;
      }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function check(name: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await work() };
  } catch (error) {
    return { name, ok: false, detail: errorOf(error).message };
  }
}

/** A provider that nobody needs is no fault where it is not there. */
async function optionalProvider(provider: 'cuda' | 'webgpu'): Promise<Check> {
  const outcome = await probeProvider(provider);
  const detail = outcome.status === 'ok' ? outcome.value : `not available: ${reasonOf(outcome)}`;
  return { name: `onnxruntime (${provider})`, ok: true, detail };
}

async function videoRoundTrip(folder: string): Promise<string> {
  const path = join(folder, 'video.mp4');
  const [widthPx, heightPx] = [64, 48];
  const frames = Array.from({ length: 12 }, (_, index) => new Uint8Array(widthPx * heightPx * 3).fill(index * 20));
  await encodeVideo(path, { widthPx, heightPx, framesPerSecond: 12, frames });
  const opened = await openVideoFrames(path, { startSeconds: 0, durationSeconds: 1 });
  if (opened.status !== 'ok') throw new Error('the video that was just written cannot be read');
  let count = 0;
  for await (const _frame of opened.value.stream({ widthPx, heightPx })) count += 1;
  if (count !== 12) throw new Error(`wrote 12 frames, read ${count}`);
  return 'wrote and read 12 frames of H.264';
}

async function audioRoundTrip(folder: string): Promise<string> {
  const path = join(folder, 'sound.wav');
  const samples = Float32Array.from({ length: 8000 }, (_, index) => Math.sin(index / 10) / 2);
  const waveform: Waveform = { sampleRateHz: 8000, channels: [samples] };
  await writeWav(path, waveform);
  const read = await decodeAudio(path, { startSeconds: 0, durationSeconds: 1 });
  if (read.status !== 'ok' || lengthOf(read.value) !== 8000) throw new Error('the sound came back with another length');
  const changed = samples.findIndex((sample, index) => sample !== read.value.channels[0]![index]);
  if (changed >= 0) throw new Error(`sample ${changed} came back changed`);
  return 'wrote and read 8000 samples, equal to the bit';
}

async function tagTone(): Promise<string> {
  const encoder = createMusicnnEncoder('mtt');
  const tone = Float32Array.from(
    { length: 16000 * 4 },
    (_, index) => Math.sin((index * 2 * Math.PI * 440) / 16000) / 4,
  );
  const outcome = await encoder.encode(tone);
  if (outcome.status !== 'ok') throw new Error('MusicNN gave no output for a test tone');
  return `onnxruntime ${onnxruntimeVersion()} tagged ${outcome.value.tags!.rows} windows of a test tone`;
}

async function cacheIsWritable(root: string): Promise<string> {
  const probe = join(root, `.doctor-${randomUUID()}`);
  await writeFileAtomic(probe, 'x');
  await rm(probe);
  const { bavail, bsize } = await statfs(root);
  return `${root}, ${((bavail * bsize) / 1e9).toFixed(1)} GB free`;
}
