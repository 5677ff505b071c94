import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seededRng } from '../../src/core/rng.js';
import { locateBinaries } from '../../src/media/binaries.js';
import { writeWav } from '../../src/media/write-wav.js';

export interface V2mCopy {
  readonly folder: string;
  readonly ids: readonly string[];
  readonly missing: readonly string[];
  /** The second of each pair repeats the first. */
  readonly duplicates: readonly (readonly [string, string])[];
  readonly corrupt: string;
  readonly soundless: string;
  readonly stray: string;
}

const clipCount = 300;
const clipSeconds = 5;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** V2M-bench as its authors lay it out, with other content: 300 ids, short and small clips, and what goes wrong with such copies. */
export async function makeV2mCopy(seed: number): Promise<V2mCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-v2m-'));
  const ids = videoIds(seed);
  await makeVideos(folder, ids);
  for (const id of ids) await writeWav(join(folder, `${id}.wav`), { sampleRateHz: 8000, channels: [melodyOf(id)] });
  await writeFile(join(folder, 'V2M-bench.txt'), `${ids.join('\n')}\n`);
  const missing = ids.slice(10, 17);
  for (const id of missing) for (const kind of ['mp4', 'wav']) await rm(join(folder, `${id}.${kind}`));
  const duplicates = [
    [ids[20]!, ids[120]!],
    [ids[21]!, ids[221]!],
  ] as const;
  for (const [from, to] of duplicates)
    for (const kind of ['mp4', 'wav']) await copyFile(join(folder, `${from}.${kind}`), join(folder, `${to}.${kind}`));
  const [corrupt, soundless] = [ids[30]!, ids[40]!];
  await writeFile(join(folder, `${corrupt}.mp4`), Buffer.alloc(4096, 7));
  await rm(join(folder, `${soundless}.wav`));
  const stray = 'holiday.mp4';
  await copyFile(join(folder, `${ids[0]}.mp4`), join(folder, stray));
  return { folder, ids, missing, duplicates, corrupt, soundless, stray };
}

function videoIds(seed: number): string[] {
  const rng = seededRng('video-ids', seed);
  return Array.from({ length: clipCount }, () =>
    Array.from({ length: 11 }, () => alphabet[rng.integer(alphabet.length)]).join(''),
  );
}

/** One run of ffmpeg for all: pictures without sound, cut into pieces. */
async function makeVideos(folder: string, ids: readonly string[]): Promise<void> {
  const pieces = join(folder, 'pieces');
  await mkdir(pieces);
  await promisify(execFile)(locateBinaries().ffmpeg, [
    ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=64x48:rate=10:duration=${clipCount * clipSeconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ...['-force_key_frames', `expr:gte(t,n_forced*${clipSeconds})`],
    ...['-f', 'segment', '-segment_time', String(clipSeconds), '-reset_timestamps', '1', join(pieces, '%03d.mp4')],
  ]);
  const names = (await readdir(pieces)).sort();
  if (names.length !== ids.length) throw new Error(`made ${names.length} videos instead of ${ids.length}`);
  for (const [index, name] of names.entries()) await rename(join(pieces, name), join(folder, `${ids[index]}.mp4`));
  await rm(pieces, { recursive: true });
}

function melodyOf(id: string): Float32Array {
  const rng = seededRng('melody', id);
  const samples = new Float32Array(8000 * clipSeconds);
  const note = 1000;
  for (let start = 0; start < samples.length; start += note) {
    const step = (2 * Math.PI * (200 + 1200 * rng.next())) / 8000;
    const level = 0.1 + 0.4 * rng.next();
    for (let at = 0; at < note; at++) samples[start + at] = level * Math.sin(step * at) * (1 - at / note);
  }
  return samples;
}
