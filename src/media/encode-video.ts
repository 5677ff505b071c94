import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type FfmpegInput, hasEncoder, writeFfmpeg } from './ffmpeg.js';
import { throughTemporaryFile } from './temporary-file.js';

/** The encoder's slower tools are off: they take as long as the pictures do, and the rate is high enough without them. */
const quickAac = [
  '-c:a',
  'aac',
  '-aac_coder',
  'fast',
  '-aac_is',
  '0',
  '-aac_pns',
  '0',
  '-aac_tns',
  '0',
  '-b:a',
  '160k',
];

export interface VideoToEncode {
  /** Even, as the 4:2:0 picture format wants. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerSecond: number;
  /** RGB24 pictures, each an array of its own: one may still be on its way to ffmpeg while the next is made. */
  readonly frames: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** A sound file to go with it, as AAC. */
  readonly audioPath?: string;
  readonly signal?: AbortSignal;
}

/**
 * Writes an MP4 that every player shows: H.264 (MPEG-4 part 2 where this ffmpeg has no x264), 4:2:0, near transparent
 * quality, no B-frames, so picture 0 is at time 0. Whole or not at all. Settings for speed: many small clips are made while
 * somebody waits. One thread: callers run several at once.
 */
export async function encodeVideo(path: string, video: VideoToEncode): Promise<void> {
  const codec = (await hasEncoder('libx264'))
    ? ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-bf', '0']
    : ['-c:v', 'mpeg4', '-q:v', '2'];
  const sound = video.audioPath === undefined ? [] : ['-map', '1:a', ...quickAac];
  const plain = ['-map_metadata', '-1', '-fflags', '+bitexact', '-movflags', '+faststart'];
  const job = {
    inputs: inputsOf(video),
    outputOptions: ['-map', '0:v', ...codec, '-threads', '1', '-pix_fmt', 'yuv420p', ...sound, ...plain, '-f', 'mp4'],
    subject: resolve(path),
    ...(video.signal === undefined ? {} : { signal: video.signal }),
  };
  await throughTemporaryFile(resolve(path), (temporary) => writeFfmpeg(job, temporary));
}

function inputsOf({ widthPx, heightPx, framesPerSecond, frames, audioPath }: VideoToEncode): FfmpegInput[] {
  const size = ['-video_size', `${widthPx}x${heightPx}`, '-framerate', String(framesPerSecond)];
  const pictures: FfmpegInput = {
    source: Readable.from(frames, { objectMode: true, highWaterMark: 1 }),
    options: ['-f', 'rawvideo', '-pix_fmt', 'rgb24', ...size],
  };
  return audioPath === undefined ? [pictures] : [pictures, { source: resolve(audioPath) }];
}
