import { resolve } from 'node:path';
import { BenchError, errorOf } from '../core/errors.js';
import type { FramePick, FrameRequest, RgbFrame, VideoFrames } from '../core/frames.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { readFfmpeg } from './ffmpeg.js';
import { type MediaInfo, probeMedia, type VideoInfo } from './probe.js';
import { planSeek } from './seek.js';

export interface VideoWindow {
  /** What the file holds, where that is known already; left out: it is probed. */
  readonly info?: MediaInfo;
  /** From the first picture. Default 0. */
  readonly startSeconds?: number;
  /** Left out, or beyond the end: to the end. */
  readonly durationSeconds?: number;
}

interface Source {
  readonly file: string;
  readonly info: MediaInfo;
  readonly video: VideoInfo;
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

/**
 * The pictures of one window of a video, upright. Nothing is decoded before `stream` is called. Frame k of a stream is the
 * picture nearest to `k / framesPerSecond` after the window's start; it has `ceil(duration * rate)` frames, fewer where the
 * file breaks off. With `pick`, pictures come as they are decoded, by number. Skipped: no pictures. Failed: no such file, not media, or a window that starts after the end.
 */
export async function openVideoFrames(path: string, window: VideoWindow = {}): Promise<Outcome<VideoFrames>> {
  const file = resolve(path);
  try {
    const info = window.info ?? (await probeMedia(file));
    if (info.video === undefined) return skipped(`${file} has no pictures`);
    return framesOf({ file, info, video: info.video }, window);
  } catch (error) {
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}

function framesOf(found: Pick<Source, 'file' | 'info' | 'video'>, window: VideoWindow): Outcome<VideoFrames> {
  const { file, info, video } = found;
  const startSeconds = window.startSeconds ?? 0;
  const left = info.durationSeconds - startSeconds;
  if (left <= 0) {
    return failed(
      'window-after-end',
      `${file}: starts at ${startSeconds} s but lasts ${info.durationSeconds.toFixed(2)} s`,
    );
  }
  const durationSeconds = Math.min(window.durationSeconds ?? left, left);
  const source = { ...found, startSeconds, durationSeconds };
  const turned = video.rotationDegrees % 180 !== 0;
  return ok({
    durationSeconds,
    framesPerSecond: video.framesPerSecond,
    widthPx: turned ? video.heightPx : video.widthPx,
    heightPx: turned ? video.widthPx : video.heightPx,
    frameCount: frameCountOf(source),
    stream: (request, { signal } = {}) =>
      request.pick === undefined
        ? streamFrames(source, request, signal)
        : streamPicked(source, { ...request, pick: request.pick }, signal),
  });
}

/** What the file states counts for the whole of it only. */
function frameCountOf({ video, info, startSeconds, durationSeconds }: Source): number {
  const isWhole = startSeconds === 0 && durationSeconds === info.durationSeconds;
  const stated = isWhole ? video.frameCount : undefined;
  return stated ?? Math.max(1, Math.round(durationSeconds * video.framesPerSecond));
}

async function* streamPicked(
  source: Source,
  request: FrameRequest & { readonly pick: FramePick },
  signal: AbortSignal | undefined,
): AsyncGenerator<RgbFrame, void, undefined> {
  const { widthPx, heightPx, pick } = request;
  checkSize(source.file, request);
  const job = pickingJob(source, request);
  let place = 0;
  for await (const rgb of cutIntoBlocks(
    readFfmpeg(signal === undefined ? job : { ...job, signal }),
    3 * widthPx * heightPx,
  )) {
    const number = 'every' in pick ? place * pick.every : pick.numbers[place]!;
    yield { widthPx, heightPx, timeSeconds: number / source.video.framesPerSecond, rgb };
    place += 1;
  }
  if (place === 0) throw noPictures(source.file);
}

function pickingJob(source: Source, request: FrameRequest & { readonly pick: FramePick }): FfmpegJob {
  const { pick } = request;
  const { startSeconds, durationSeconds } = source;
  const isWhole = startSeconds === 0 && durationSeconds === source.info.durationSeconds;
  const chosen =
    'every' in pick ? `not(mod(n\\,${pick.every}))` : pick.numbers.map((number) => `eq(n\\,${number})`).join('+');
  return windowJob(source, {
    filters: [
      // A whole file is taken as it is, pictures before time 0 included, since numbers count from its first one.
      ...(isWhole ? [] : [`trim=start=-0.0005:end=${(durationSeconds - 5e-4).toFixed(6)}`]),
      `select='${chosen}'`,
      scaleTo(request),
      // One picture a tick, so that none is dropped or doubled for the sake of a constant rate.
      ...['settb=1/25', 'setpts=N'],
    ],
    outputOptions: ['-r', '25', ...('every' in pick ? [] : ['-frames:v', String(pick.numbers.length)])],
  });
}

async function* streamFrames(
  source: Source,
  request: FrameRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<RgbFrame, void, undefined> {
  const { widthPx, heightPx, framesPerSecond = source.video.framesPerSecond } = request;
  checkSize(source.file, request);
  // A hair less, so that 10 s at 30000/1001 do not round up to one frame more.
  const frameCount = Math.max(1, Math.ceil(source.durationSeconds * framesPerSecond - 1e-3));
  const job = jobFor(source, { ...request, framesPerSecond, frameCount });
  const chunks = readFfmpeg(signal === undefined ? job : { ...job, signal });
  let index = 0;
  let last: Uint8Array | undefined;
  for await (const rgb of cutIntoBlocks(chunks, 3 * widthPx * heightPx)) {
    yield { widthPx, heightPx, timeSeconds: index / framesPerSecond, rgb };
    last = rgb;
    index += 1;
  }
  if (last === undefined) {
    // A picture shorter than half a sampling step comes to nothing in ffmpeg, but it is there.
    yield* streamPicked(source, { ...request, pick: { numbers: [0] } }, signal);
    return;
  }
  // ffmpeg's versions round the end differently; one frame of it is not worth a different count.
  if (index === frameCount - 1) yield { widthPx, heightPx, timeSeconds: index / framesPerSecond, rgb: last.slice() };
}

type FfmpegJob = Parameters<typeof readFfmpeg>[0];

function jobFor(source: Source, target: TimedTarget): FfmpegJob {
  return windowJob(source, {
    filters: [`fps=fps=${target.framesPerSecond}:start_time=0:round=near`, scaleTo(target)],
    outputOptions: ['-frames:v', String(target.frameCount)],
  });
}

function scaleTo({ widthPx, heightPx, conversion }: FrameRequest): string {
  return `scale=${widthPx}:${heightPx}:flags=bicubic${conversion === 'fast' ? '' : '+accurate_rnd+full_chroma_int'}`;
}

interface TimedTarget extends FrameRequest {
  readonly framesPerSecond: number;
  readonly frameCount: number;
}

interface Steps {
  /** Behind the one that sets time 0 to the start of the window. */
  readonly filters: readonly string[];
  readonly outputOptions: readonly string[];
}

function windowJob({ file, info, video, startSeconds }: Source, { filters, outputOptions }: Steps): FfmpegJob {
  const origin = video.startSeconds + startSeconds;
  const seek = planSeek(info, origin);
  const chain = [`setpts=PTS-${origin.toFixed(6)}/TB`, ...filters].join(',');
  return {
    inputs: [
      { source: file, options: ['-copyts', ...(seek === undefined ? [] : ['-ss', seek.argumentSeconds.toFixed(6)])] },
    ],
    outputOptions: [
      ...['-map', `0:${video.streamIndex}`, '-vf', chain, ...outputOptions],
      ...['-pix_fmt', 'rgb24', '-c:v', 'rawvideo', '-f', 'rawvideo'],
    ],
    subject: file,
  };
}

/** Regroups a byte stream into arrays of exactly `size` bytes, each freshly allocated; a rest at the end is dropped. */
async function* cutIntoBlocks(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let block = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let position = 0; position < chunk.length; ) {
      const taken = Math.min(size - filled, chunk.length - position);
      block.set(chunk.subarray(position, position + taken), filled);
      filled += taken;
      position += taken;
      if (filled < size) continue;
      yield block;
      block = new Uint8Array(size);
      filled = 0;
    }
  }
}

function checkSize(file: string, { widthPx, heightPx, framesPerSecond = 1 }: FrameRequest): void {
  const whole = Number.isInteger(widthPx) && Number.isInteger(heightPx) && widthPx > 0 && heightPx > 0;
  if (whole && framesPerSecond > 0 && Number.isFinite(framesPerSecond)) return;
  throw new RangeError(`${file}: cannot give frames of ${widthPx}x${heightPx} at ${framesPerSecond} a second`);
}

function noPictures(file: string): BenchError {
  return new BenchError({
    code: 'no-pictures-decoded',
    kind: 'input',
    problem: 'not one picture could be decoded in the requested window',
    file,
    remedy: 'Check that the video plays',
  });
}
