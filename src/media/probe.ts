import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { BenchError } from '../core/errors.js';
import { readFfmpeg, runFfprobe } from './ffmpeg.js';
import { type PlainWavShape, readPlainWavShape } from './read-wav.js';

export interface VideoInfo {
  readonly streamIndex: number;
  /** As stored; a `rotationDegrees` of 90 or 270 swaps them on the screen. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** The average rate. */
  readonly framesPerSecond: number;
  /** Time stamp of the first picture on the container's clock. */
  readonly startSeconds: number;
  readonly frameCount?: number;
  /** Clockwise turn that the player is asked for: 0, 90, 180 or 270. */
  readonly rotationDegrees: number;
}

export interface AudioInfo {
  readonly streamIndex: number;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Time stamp of the first sample on the container's clock. */
  readonly startSeconds: number;
  readonly codec: string;
  /** What the file states, where it does. */
  readonly durationSeconds?: number;
}

export interface MediaInfo {
  /** ffmpeg's name of the format: `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly container: string;
  /** Time stamp at which ffmpeg's seek time 0 lies. */
  readonly containerStartSeconds: number;
  /** Length of the pictures, or of the sound where there are none. */
  readonly durationSeconds: number;
  readonly video?: VideoInfo;
  readonly audio?: AudioInfo;
}

// fluent-ffmpeg turns unsigned numbers into numbers and leaves `N/A` and negative ones as text.
const number = z
  .unknown()
  .optional()
  .transform((value) => {
    const parsed = typeof value === 'number' ? value : Number.parseFloat(String(value));
    return Number.isFinite(parsed) ? parsed : undefined;
  });

const rate = z
  .unknown()
  .optional()
  .transform((value) => {
    const [numerator = 0, denominator = 1] = String(value).split('/').map(Number);
    return numerator > 0 && denominator > 0 ? numerator / denominator : undefined;
  });

const streamSchema = z.object({
  index: number,
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: number,
  height: number,
  avg_frame_rate: rate,
  r_frame_rate: rate,
  nb_frames: number,
  start_time: number,
  duration: number,
  sample_rate: number,
  channels: number,
  rotation: number,
  tags: z.object({ rotate: number }).optional(),
  disposition: z.object({ attached_pic: number }).optional(),
});

const probeSchema = z.object({
  streams: z.array(streamSchema),
  format: z.object({ format_name: z.string().optional(), start_time: number, duration: number }),
});

type Stream = z.infer<typeof streamSchema>;
type Probed = z.infer<typeof probeSchema>;

/** What a media file holds. Throws a BenchError that says what the file is instead, if it is not media. */
export async function probeMedia(path: string): Promise<MediaInfo> {
  const absolute = resolve(path);
  const { size, mtimeMs } = await checkFile(absolute);
  // One file is asked about by several steps of a run, and each answer costs a process.
  const key = `${absolute} ${size} ${mtimeMs}`;
  const known = probes.get(key) ?? probe(absolute);
  probes.set(key, known);
  return known;
}

const probes = new Map<string, Promise<MediaInfo>>();

async function probe(absolute: string): Promise<MediaInfo> {
  const plain = await readPlainWavShape(absolute);
  if (plain !== undefined && plain.length > 0) return plainInfo(plain);
  const probed = probeSchema.parse(await probeOrExplain(absolute));
  const video = videoOf(probed);
  const audio = audioOf(probed);
  if (video === undefined && audio === undefined) throw await notMedia(absolute, 'it has neither pictures nor sound');
  const info = {
    container: probed.format.format_name ?? '',
    containerStartSeconds: probed.format.start_time ?? 0,
    ...(video === undefined ? {} : { video }),
    ...(audio === undefined ? {} : { audio }),
  };
  return { ...info, durationSeconds: statedDuration(probed, info) ?? (await measuredDuration(absolute, info)) };
}

/** What ffprobe says of such a file, without the process that it costs. */
function plainInfo({ sampleRateHz, channels, codec, length }: PlainWavShape): MediaInfo {
  const durationSeconds = length / sampleRateHz;
  return {
    container: 'wav',
    containerStartSeconds: 0,
    durationSeconds,
    audio: { streamIndex: 0, sampleRateHz, channels, startSeconds: 0, codec, durationSeconds },
  };
}

async function checkFile(path: string): Promise<Stats> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const problem = cause.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${cause.code})`;
    throw new BenchError({
      code: 'media-not-found',
      kind: 'input',
      problem,
      file: path,
      remedy: 'Check the path',
      cause,
    });
  });
  if (found.isDirectory()) {
    throw new BenchError({
      code: 'media-is-folder',
      kind: 'input',
      problem: 'is a folder',
      file: path,
      expected: 'a media file',
    });
  }
  if (found.size === 0) {
    const remedy = 'Fetch or make the file again';
    throw new BenchError({
      code: 'media-empty',
      kind: 'input',
      problem: 'the file has no content',
      file: path,
      got: '0 bytes',
      remedy,
    });
  }
  return found;
}

async function probeOrExplain(path: string): Promise<unknown> {
  try {
    return await runFfprobe(path);
  } catch (cause) {
    if (cause instanceof BenchError) throw cause;
    throw await notMedia(path, (cause as Error).message.replaceAll(`${path}: `, ''));
  }
}

async function notMedia(path: string, said: string): Promise<BenchError> {
  return new BenchError({
    code: 'not-media',
    kind: 'input',
    problem: `not a media file that ffmpeg can read: ${said}`,
    file: path,
    ...((await looksLikeText(path)) ? { got: 'text' } : {}),
    remedy: 'Give a video or sound file, whatever its name says',
  });
}

/** A saved error page or a pointer file is the commonest cause of a broken `.wav`. */
async function looksLikeText(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead).every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
  } finally {
    await file.close();
  }
}

function videoOf({ streams }: Probed): VideoInfo | undefined {
  // A cover image inside a sound file is stored as a video stream.
  const stream = streams.find((each) => each.codec_type === 'video' && each.disposition?.attached_pic !== 1);
  if (stream?.width === undefined || stream.height === undefined) return undefined;
  return {
    streamIndex: stream.index ?? 0,
    widthPx: stream.width,
    heightPx: stream.height,
    framesPerSecond: stream.avg_frame_rate ?? stream.r_frame_rate ?? 25,
    startSeconds: stream.start_time ?? 0,
    ...(stream.nb_frames === undefined ? {} : { frameCount: stream.nb_frames }),
    rotationDegrees: rotationOf(stream),
  };
}

/** Old files carry a clockwise `rotate` tag, new ones a display matrix, which ffprobe reports counter-clockwise. */
function rotationOf(stream: Stream): number {
  const clockwise = stream.rotation === undefined ? (stream.tags?.rotate ?? 0) : -stream.rotation;
  return (((Math.round(clockwise / 90) * 90) % 360) + 360) % 360;
}

function audioOf({ streams }: Probed): AudioInfo | undefined {
  const stream = streams.find((each) => each.codec_type === 'audio');
  if (!stream?.sample_rate || !stream.channels) return undefined;
  return {
    streamIndex: stream.index ?? 0,
    sampleRateHz: stream.sample_rate,
    channels: stream.channels,
    startSeconds: stream.start_time ?? 0,
    codec: stream.codec_name ?? 'unknown',
    ...(stream.duration === undefined ? {} : { durationSeconds: stream.duration }),
  };
}

type Located = Pick<MediaInfo, 'video' | 'audio' | 'containerStartSeconds'>;

function statedDuration(
  { streams, format }: Probed,
  { video, audio, containerStartSeconds }: Located,
): number | undefined {
  const main = video ?? audio;
  const ofStream = streams.find((stream) => stream.index === main?.streamIndex)?.duration;
  if (ofStream !== undefined) return ofStream;
  // Matroska states the length of the whole; a stream that starts later is shorter by that.
  return format.duration === undefined
    ? undefined
    : format.duration - ((main?.startSeconds ?? 0) - containerStartSeconds);
}

/** Reads the whole file for its last time stamp: recordings from a browser state no length at all. */
async function measuredDuration(path: string, { video, audio, containerStartSeconds }: Located): Promise<number> {
  const main = video ?? audio;
  const job = {
    inputs: [{ source: path, options: ['-progress', 'pipe:1'] }],
    outputOptions: ['-map', `0:${main?.streamIndex ?? 0}`, '-c', 'copy', '-f', 'null'],
    subject: path,
  };
  let report = '';
  for await (const chunk of readFfmpeg(job)) report = (report + Buffer.from(chunk).toString()).slice(-2000);
  // Microseconds in spite of its name, in every version.
  const last = [...report.matchAll(/out_time_ms=(\d+)/g)].at(-1)?.[1];
  return Math.max(0, Number(last ?? 0) / 1e6 - ((main?.startSeconds ?? 0) - containerStartSeconds));
}
