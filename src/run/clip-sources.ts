import type { Clip } from '../core/clip.js';
import { BenchError } from '../core/errors.js';
import type { VideoFrames } from '../core/frames.js';
import { hashOf } from '../core/hash.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import { decodeAudio } from '../media/decode-audio.js';
import { hashFile } from '../media/hash-file.js';
import { openVideoFrames } from '../media/video-frames.js';
import { type MediaInfoCache, uncachedMediaInfo } from '../store/media-info-cache.js';
import { failureAbout, nameOf } from './failure-about.js';

/** The media of one clip inside its window, opened when asked for. Probing and hashing happen once. */
export interface ClipSource {
  readonly clip: Clip;
  /** Length of the part that is scored. */
  durationSeconds(): Promise<Outcome<number>>;
  frames(): Promise<Outcome<VideoFrames>>;
  reference(): Promise<Outcome<Waveform>>;
  /** Content and window: the input part of cache keys. */
  framesHash(): Promise<string>;
  referenceHash(): Promise<string>;
  /** The input part of a cache key for the clip's length of any file. Equal files have equal keys, whoever made them. */
  windowHash(fileHash: string, startSeconds: number): Promise<string>;
}

export type ClipSources = ReadonlyMap<string, ClipSource>;

export interface SourceOptions {
  /** Seconds from the clip's start, or all of it. */
  readonly window: number | 'full';
  /** Left out: every file is probed. */
  readonly mediaInfo?: MediaInfoCache;
}

export function openClipSources(clips: readonly Clip[], options: SourceOptions): ClipSources {
  return new Map(clips.map((clip) => [clip.id, clipSource(clip, options)]));
}

function clipSource(clip: Clip, options: SourceOptions): ClipSource {
  const { videoPath, missing = 'this copy of the suite has no video' } = clip;
  return videoPath === undefined ? missingSource(clip, missing) : presentSource({ ...clip, videoPath }, options);
}

/** A clip that is not in this copy of the suite keeps its place: everything about it is skipped with the reason. */
function missingSource(clip: Clip, reason: string): ClipSource {
  const none = async (): Promise<Outcome<never>> => skipped(`the clip is not there: ${reason}`);
  const windowHash = async (fileHash: string, start: number): Promise<string> =>
    hashOf({ file: fileHash, start, duration: 'missing' });
  // With the reason: what is kept under the hash is an outcome that tells it.
  const noHash = (): Promise<string> => windowHash(`missing: ${reason}`, clip.startSeconds);
  return {
    ...{ clip, durationSeconds: none, frames: none, reference: none },
    ...{ framesHash: noHash, referenceHash: noHash, windowHash },
  };
}

function presentSource(
  clip: Clip & { readonly videoPath: string },
  { window, mediaInfo = uncachedMediaInfo }: SourceOptions,
): ClipSource {
  const videoHash = once(() => hashFile(clip.videoPath));
  const probe = once(() =>
    caught(clip.videoPath, async () => ok(await mediaInfo.infoOf(clip.videoPath, await videoHash()))),
  );
  const referenceFileHash = once(() => (clip.referencePath === undefined ? videoHash() : hashFile(clip.referencePath)));
  const duration = once(async (): Promise<Outcome<number>> => {
    const info = await probe();
    if (info.status !== 'ok') return info;
    if (info.value.video === undefined)
      return failed('no-video-stream', `${nameOf(clip.videoPath)}: has no video stream`);
    const available = info.value.durationSeconds - clip.startSeconds;
    if (available <= 0) {
      return failed(
        'window-outside',
        `${nameOf(clip.videoPath)}: starts at ${clip.startSeconds} s, after the video's end`,
      );
    }
    return ok(Math.min(available, clip.durationSeconds ?? available, window === 'full' ? available : window));
  });
  const range = async (): Promise<Outcome<{ startSeconds: number; durationSeconds: number }>> => {
    const length = await duration();
    return length.status === 'ok' ? ok({ startSeconds: clip.startSeconds, durationSeconds: length.value }) : length;
  };
  const windowHash = async (fileHash: string, start: number): Promise<string> => {
    const length = await duration();
    return hashOf({ file: fileHash, start, duration: length.status === 'ok' ? length.value : 'unknown' });
  };
  return {
    clip,
    durationSeconds: duration,
    frames: async () => {
      const part = await range();
      const info = await probe();
      if (part.status !== 'ok') return part;
      if (info.status !== 'ok') return info;
      return caught(clip.videoPath, () => openVideoFrames(clip.videoPath, { ...part.value, info: info.value }));
    },
    reference: async () => {
      if (clip.referenceMissing !== undefined) return skipped(clip.referenceMissing);
      const part = await range();
      if (part.status !== 'ok') return part;
      if (clip.referencePath !== undefined)
        return caught(clip.referencePath, () => decodeAudio(clip.referencePath!, part.value));
      const info = await probe();
      if (info.status === 'ok' && info.value.audio === undefined) return skipped('the video has no sound track');
      return caught(clip.videoPath, () => decodeAudio(clip.videoPath, part.value));
    },
    framesHash: async () => windowHash(await videoHash(), clip.startSeconds),
    windowHash,
    referenceHash: async () =>
      windowHash(
        clip.referenceMissing === undefined ? await referenceFileHash() : `missing: ${clip.referenceMissing}`,
        clip.startSeconds,
      ),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A broken file is the clip's outcome, not the run's end; only an abort goes on upwards. */
async function caught<T>(path: string, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    const isStopped =
      error instanceof BenchError ? error.kind === 'interrupted' : (error as Error).name === 'AbortError';
    if (isStopped) throw error;
    return failureAbout(path, error);
  }
}
