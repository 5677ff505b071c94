import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonOf } from '../../src/core/outcome.js';
import { locateBinaries } from '../../src/media/binaries.js';
import { decodeAudio } from '../../src/media/decode-audio.js';
import { probeMedia } from '../../src/media/probe.js';
import { openVideoFrames } from '../../src/media/video-frames.js';
import { installations, mediaFolder, useInstallation } from './media-files.js';

/** White from each of these times on for 0.2 s, with a tone of 20 ms that begins with it. Times of pictures at 25 a second. */
const events = [1, 2.2];
const allowedSeconds = 0.01;

const isEvent = (length: number): string =>
  events.map((time) => `between(t\\,${time - 1e-6}\\,${time + length - 1e-3})`).join('+');
const tone = `if(${isEvent(0.02)}\\,0.9*sin(2*PI*1000*t)\\,0)`;
const picture = [
  ...['-f', 'lavfi', '-i'],
  `color=black:s=64x48:r=25:d=3,drawbox=c=white:t=fill:enable='${events.map((time) => `between(t,${time - 0.01},${time + 0.17})`).join('+')}'`,
];
const sound = ({ rateHz = 48_000, channels = 1, layout = 'mono', seconds = 3 } = {}): string[] => [
  ...['-f', 'lavfi', '-i'],
  `aevalsrc=${Array(channels).fill(tone).join('|')}:s=${rateHz}:c=${layout}:d=${seconds}`,
];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
const delayed = ['-itsoffset', '0.2'];

interface Case {
  readonly name: string;
  readonly file: string;
  /** Arguments before the file's name; a second list is run on what the first made. */
  readonly make: readonly (readonly string[])[];
  /** Click minus flash, as the file has it; 0 if left out. */
  readonly clickAfterFlashSeconds?: number;
}

const withPictures: readonly Case[] = [
  {
    name: 'variable frame rate',
    file: 'vfr.mp4',
    make: [[...picture, ...sound(), '-vf', 'select=mod(n-1\\,5)', '-vsync', 'vfr', ...h264, '-c:a', 'aac']],
  },
  {
    name: '5.1 sound',
    file: 'surround.mp4',
    make: [[...picture, ...sound({ channels: 6, layout: '5.1' }), ...h264, '-c:a', 'aac']],
  },
  {
    name: '96 kHz',
    file: 'fast.mov',
    make: [[...picture, ...sound({ rateHz: 96_000 }), ...h264, '-c:a', 'pcm_s24le']],
  },
  {
    name: 'a phone held upright',
    file: 'turned.mp4',
    make: [
      [...picture, ...sound(), ...h264, '-c:a', 'aac'],
      ['-c', 'copy', '-metadata:s:v', 'rotate=90'],
    ],
  },
  {
    name: 'sound longer than the pictures',
    file: 'longer.mp4',
    make: [[...picture, ...sound({ seconds: 4 }), ...h264, '-c:a', 'aac']],
  },
  {
    name: 'sound that starts late by an edit list',
    file: 'late-sound.mp4',
    make: [[...picture, ...delayed, ...sound(), ...h264, '-c:a', 'aac']],
    clickAfterFlashSeconds: 0.2,
  },
  {
    name: 'pictures that start late by an edit list',
    file: 'late-pictures.mp4',
    // Otherwise ffmpeg fills the gap before them with pictures.
    make: [[...delayed, ...picture, ...sound(), '-vsync', 'vfr', ...h264, '-c:a', 'aac']],
    clickAfterFlashSeconds: -0.2,
  },
  {
    name: 'an mp4 that states no length',
    file: 'fragmented.mp4',
    make: [[...picture, ...sound(), ...h264, '-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov+default_base_moof']],
  },
  {
    name: 'webm',
    file: 'a.webm',
    make: [[...picture, ...sound({ layout: 'stereo', channels: 2 }), '-c:v', 'libvpx', '-c:a', 'libopus']],
  },
  { name: 'mkv', file: 'a.mkv', make: [[...picture, ...sound(), ...h264, '-c:a', 'libvorbis']] },
  { name: 'mov', file: 'a.mov', make: [[...picture, ...sound(), ...h264, '-c:a', 'aac']] },
  {
    name: 'mkv with mp3',
    file: 'mp3.mkv',
    make: [[...picture, ...sound({ rateHz: 44_100 }), ...h264, '-c:a', 'libmp3lame']],
  },
];

const soundAlone: readonly Case[] = [
  { name: 'ogg', file: 'a.ogg', make: [[...sound(), '-c:a', 'libvorbis']] },
  { name: 'flac', file: 'a.flac', make: [[...sound({ rateHz: 44_100 })]] },
  { name: 'm4a', file: 'a.m4a', make: [[...sound(), '-c:a', 'aac']] },
  { name: 'opus', file: 'a.opus', make: [[...sound(), '-c:a', 'libopus']] },
  {
    name: 'mp3 with a cover in its ID3 tag',
    file: 'cover.mp3',
    make: [
      [
        ...sound({ rateHz: 44_100 }),
        ...['-f', 'lavfi', '-i', 'color=red:s=64x64:d=0.04', '-map', '0', '-map', '1', '-c:a', 'libmp3lame'],
        ...['-c:v', 'mjpeg', '-disposition:v', 'attached_pic', '-id3v2_version', '3'],
      ],
    ],
  },
];

interface Extent {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** From the first packet to the end of the last, by ffprobe alone. */
function extentOf(path: string, stream: 'v:0' | 'a:0'): Extent {
  const entries = ['-select_streams', stream, '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0'];
  const text = execFileSync(locateBinaries().ffprobe, ['-v', 'error', ...entries, path], { encoding: 'utf8' });
  const packets = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(',').map(Number))
    .filter(([start]) => Number.isFinite(start));
  const starts = packets.map(([start]) => start!);
  const step = (Math.max(...starts) - Math.min(...starts)) / Math.max(1, starts.length - 1);
  const ends = packets.map(([start, duration]) => start! + (Number.isFinite(duration) ? duration! : step));
  return { startSeconds: Math.min(...starts), endSeconds: Math.max(...ends) };
}

async function flashes(path: string): Promise<{ readonly times: number[]; readonly durationSeconds: number }> {
  const opened = await openVideoFrames(path);
  if (opened.status !== 'ok') throw new Error(reasonOf(opened));
  const times: number[] = [];
  let wasBright = false;
  // Finer than the pictures' own grid: a frame of it is the picture nearest to its time.
  for await (const { timeSeconds, rgb } of opened.value.stream({ widthPx: 8, heightPx: 8, framesPerSecond: 200 })) {
    const isBright = rgb.reduce((sum, value) => sum + value, 0) / rgb.length > 127;
    if (isBright && !wasBright) times.push(timeSeconds);
    wasBright = isBright;
  }
  return { times, durationSeconds: opened.value.durationSeconds };
}

async function clicks(path: string): Promise<{ readonly times: number[]; readonly durationSeconds: number }> {
  const decoded = await decodeAudio(path);
  if (decoded.status !== 'ok') throw new Error(reasonOf(decoded));
  const { sampleRateHz, channels } = decoded.value;
  // The front left channel: encoders of surround sound take the top off the low-frequency one.
  const samples = channels[0]!;
  const times: number[] = [];
  for (let at = 0; at < samples.length; at++) {
    const isNew = times.length === 0 || at / sampleRateHz - times.at(-1)! > 0.5;
    if (isNew && Math.abs(samples[at]!) > 0.3) times.push(at / sampleRateHz);
  }
  return { times, durationSeconds: samples.length / sampleRateHz };
}

describe.each(installations())('real media with the $name ffmpeg', { timeout: 60_000 }, ({ setting }) => {
  useInstallation(setting);
  const files = mediaFolder();
  const paths = new Map<string, string>();

  beforeAll(() => {
    for (const { file, make } of [...withPictures, ...soundAlone]) {
      const [first = [], second] = make;
      const path = files.make(...first, second === undefined ? file : `first-${file}`);
      paths.set(file, second === undefined ? path : files.make('-i', path, ...second, file));
    }
  });
  afterAll(() => paths.clear());

  it.each(withPictures)('$name: flash and click are aligned to 10 ms', async ({ file, clickAfterFlashSeconds = 0 }) => {
    const path = paths.get(file)!;
    const [seen, heard] = [await flashes(path), await clicks(path)];
    expect(seen.times).toHaveLength(events.length);
    expect(heard.times).toHaveLength(events.length);
    for (const [index, time] of seen.times.entries()) {
      // The muxer of fragments moves all but the first picture by the codec's delay, sound and pictures alike.
      expect(Math.abs(time - events[index]!)).toBeLessThanOrEqual(0.025);
      expect(Math.abs(heard.times[index]! - time - clickAfterFlashSeconds)).toBeLessThanOrEqual(allowedSeconds);
    }
  });

  it.each(withPictures)('$name: lengths are those of ffprobe to one frame', async ({ file }) => {
    const path = paths.get(file)!;
    const info = await probeMedia(path);
    const [video, audio] = [extentOf(path, 'v:0'), extentOf(path, 'a:0')];
    const { durationSeconds } = await flashes(path);
    expect(Math.abs(durationSeconds - (video.endSeconds - video.startSeconds))).toBeLessThanOrEqual(
      1 / info.video!.framesPerSecond + 1e-6,
    );
    // The sound counts from the first picture. Frames of Vorbis are the longest: 2048 samples.
    const heard = (await clicks(path)).durationSeconds;
    expect(Math.abs(heard - (audio.endSeconds - video.startSeconds))).toBeLessThanOrEqual(
      2048 / info.audio!.sampleRateHz + 1e-6,
    );
  });

  it.each(soundAlone)('$name: clicks and length are where ffprobe has them', async ({ file }) => {
    const path = paths.get(file)!;
    const info = await probeMedia(path);
    expect(info.video).toBeUndefined();
    const { times, durationSeconds } = await clicks(path);
    expect(times).toHaveLength(events.length);
    for (const [index, time] of times.entries())
      expect(Math.abs(time - events[index]!)).toBeLessThanOrEqual(allowedSeconds);
    const { endSeconds } = extentOf(path, 'a:0');
    expect(Math.abs(durationSeconds - endSeconds)).toBeLessThanOrEqual(2048 / info.audio!.sampleRateHz + 1e-6);
  });
});
