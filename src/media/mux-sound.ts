import { extname, resolve } from 'node:path';
import { BenchError } from '../core/errors.js';
import { writeFfmpeg } from './ffmpeg.js';
import { probeMedia } from './probe.js';
import { throughTemporaryFile } from './temporary-file.js';

export interface SoundTrack {
  readonly videoPath: string;
  /** A sound file, which becomes the only sound. */
  readonly audioPath: string;
  readonly signal?: AbortSignal | undefined;
}

/** Containers that take H.264 and AAC, by the endings they go by. */
const containers: Readonly<Record<string, string>> = { '.mp4': 'mp4', '.mov': 'mov', '.mkv': 'matroska' };

/**
 * The pictures of a video, copied bit for bit, with a new sound track (AAC, 192 kbit/s). Whole or not at all. Throws a BenchError for a file without
 * pictures or an ending that is none of .mp4, .mov and .mkv.
 */
export async function muxSound(path: string, { videoPath, audioPath, signal }: SoundTrack): Promise<void> {
  const format = containers[extname(path).toLowerCase()];
  if (format === undefined)
    throw new BenchError({
      code: 'container-not-known',
      kind: 'usage',
      file: path,
      problem: 'pictures cannot be written with sound under this ending',
      expected: Object.keys(containers).join(', '),
    });
  const source = resolve(videoPath);
  const { video } = await probeMedia(source);
  if (video === undefined)
    throw new BenchError({ code: 'no-pictures', kind: 'input', file: source, problem: 'has no pictures' });
  const job = {
    inputs: [{ source }, { source: resolve(audioPath) }],
    outputOptions: [
      ...['-map', `0:${video.streamIndex}`, '-map', '1:a', '-c:v', 'copy', '-c:a', 'aac', '-b:a', '192k'],
      ...['-movflags', '+faststart', '-f', format],
    ],
    subject: source,
    ...(signal === undefined ? {} : { signal }),
  };
  await throughTemporaryFile(resolve(path), (temporary) => writeFfmpeg(job, temporary));
}
