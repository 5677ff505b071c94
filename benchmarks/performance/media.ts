/**
 * `npm run bench:media`: decoding by bench, in pairs beside ffmpeg alone with the same stream and filters, whose raw data a second plain
 * process takes (`ffmpeg … | cat > /dev/null`): data that nobody receives would leave out what every reader pays for the pipe. Allowed:
 * 1.15 times its wall time. `--seconds` sets the length of the video that is made for it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reasonOf } from '../../src/core/outcome.js';
import { locateBinaries } from '../../src/media/binaries.js';
import { decodeAudio } from '../../src/media/decode-audio.js';
import { openVideoFrames } from '../../src/media/video-frames.js';
import { type Measurement, publish } from './measure.js';

const allowedRatio = 1.15;
const pairs = 7;
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
const folder = mkdtempSync(join(tmpdir(), 'bench-media-'));
const { ffmpeg } = locateBinaries();
const run = (...args: string[]): void => {
  execFileSync(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
};
const video = join(folder, 'video.mp4');
const music = join(folder, 'music.mp3');
const picture = ['-f', 'lavfi', '-i', `testsrc2=size=1280x720:rate=25:duration=${seconds}`];
// Sines with a wave table: as cheap to make as sound can be.
const sound = ['-f', 'lavfi', '-i', `sine=frequency=220:sample_rate=44100:duration=${2 * seconds}`, '-ac', '2'];
run(...picture, ...sound, '-shortest', '-c:v', 'libx264', '-preset', 'veryfast', '-c:a', 'aac', video);
run(...sound, '-c:a', 'libmp3lame', music);

interface Job {
  readonly name: string;
  readonly ours: () => Promise<unknown>;
  /** The same work: same stream, same filters, same format. */
  readonly plain: readonly string[];
  readonly audioSeconds?: number;
}

const scale = 'flags=bicubic+accurate_rnd+full_chroma_int';
const float = ['-c:a', 'pcm_f32le', '-f', 'f32le'];
const aligned = ['-af', 'aresample=async=1:min_comp=0.00001:first_pts=0'];
const rgb = ['-pix_fmt', 'rgb24', '-c:v', 'rawvideo', '-f', 'rawvideo'];
const jobs: readonly Job[] = [
  {
    name: `MP3, ${2 * seconds} s`,
    ours: () => listen(music),
    plain: ['-i', music, ...float],
    audioSeconds: 2 * seconds,
  },
  {
    name: `AAC of an mp4, ${seconds} s`,
    ours: () => listen(video),
    plain: ['-copyts', '-i', video, '-map', '0:a', ...aligned, ...float],
    audioSeconds: seconds,
  },
  {
    name: 'pictures 224x224, 2 a second',
    ours: () => watch({ widthPx: 224, heightPx: 224, framesPerSecond: 2 }),
    plain: ['-i', video, '-map', '0:v', '-vf', `fps=fps=2:start_time=0:round=near,scale=224:224:${scale}`, ...rgb],
  },
  {
    name: 'pictures 160x90, all',
    ours: () => watch({ widthPx: 160, heightPx: 90 }),
    plain: ['-i', video, '-map', '0:v', '-vf', `fps=fps=25:start_time=0:round=near,scale=160:90:${scale}`, ...rgb],
  },
];

try {
  const measurements: Measurement[] = [];
  for (const job of jobs) measurements.push(await inPairs(job));
  await publish('media', measurements);
  const slow = measurements.filter(({ ratio }) => ratio > allowedRatio);
  for (const { name, ratio } of slow)
    console.error(`${name}: ${ratio.toFixed(3)} times ffmpeg alone, allowed ${allowedRatio}`);
  process.exitCode = slow.length === 0 ? 0 : 100;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The two in turn, so that a busy machine slows both; the median of the pairs' ratios. */
async function inPairs({ name, ours, plain, audioSeconds }: Job): Promise<Measurement> {
  const found: { readonly seconds: number; readonly ratio: number }[] = [];
  await ours();
  for (let pair = 0; pair < pairs; pair++) {
    const alone = await secondsOnce(() => piped(plain));
    const own = await secondsOnce(ours);
    found.push({ seconds: own, ratio: own / alone });
  }
  const middle = found.sort((a, b) => a.ratio - b.ratio)[Math.floor(pairs / 2)]!;
  return {
    name,
    ...middle,
    ...(audioSeconds === undefined ? {} : { audioSecondsPerSecond: audioSeconds / middle.seconds }),
    reference: 'ffmpeg to raw | cat',
  };
}

/** Through the shell, so that the two share a pipe of the system and no JavaScript runs between them. */
function piped(args: readonly string[]): void {
  const command = '"$0" -v error -nostdin "$@" pipe:1 | cat > /dev/null';
  execFileSync('sh', ['-c', command, ffmpeg, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function secondsOnce(work: () => unknown): Promise<number> {
  const startMs = performance.now();
  await work();
  return (performance.now() - startMs) / 1000;
}

async function listen(path: string): Promise<void> {
  const decoded = await decodeAudio(path);
  if (decoded.status !== 'ok') throw new Error(reasonOf(decoded));
}

async function watch(size: { widthPx: number; heightPx: number; framesPerSecond?: number }): Promise<void> {
  const opened = await openVideoFrames(video);
  if (opened.status !== 'ok') throw new Error(reasonOf(opened));
  for await (const frame of opened.value.stream(size)) if (frame.rgb.length === 0) throw new Error('an empty frame');
}
