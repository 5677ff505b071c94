import type { Clip } from '../core/clip.js';
import { errorOf } from '../core/errors.js';
import type { VideoFrames } from '../core/frames.js';
import { hashOf } from '../core/hash.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';
import { decodeAudio } from '../media/decode-audio.js';
import { hashFile } from '../media/hash-file.js';
import { probeMedia } from '../media/probe.js';
import { openVideoFrames } from '../media/video-frames.js';

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
}

export type ClipSources = ReadonlyMap<string, ClipSource>;

export function openClipSources(clips: readonly Clip[], window: number | 'full'): ClipSources {
  return new Map(clips.map((clip) => [clip.id, clipSource(clip, window)]));
}

function clipSource(clip: Clip, window: number | 'full'): ClipSource {
  const probe = once(() => caughtValue(() => probeMedia(clip.videoPath)));
  const videoHash = once(() => hashFile(clip.videoPath));
  const duration = once(async (): Promise<Outcome<number>> => {
    const info = await probe();
    if (info.status !== 'ok') return info;
    if (info.value.video === undefined) return failed('no-video-stream', `${clip.videoPath}: has no video stream`);
    const available = info.value.durationSeconds - clip.startSeconds;
    if (available <= 0) {
      return failed('window-outside', `${clip.videoPath}: starts at ${clip.startSeconds} s, after the video's end`);
    }
    return ok(Math.min(available, clip.durationSeconds ?? available, window === 'full' ? available : window));
  });
  const range = async (): Promise<Outcome<{ startSeconds: number; durationSeconds: number }>> => {
    const length = await duration();
    return length.status === 'ok' ? ok({ startSeconds: clip.startSeconds, durationSeconds: length.value }) : length;
  };
  const windowHash = async (fileHash: string): Promise<string> => {
    const length = await duration();
    return hashOf({ file: fileHash, start: clip.startSeconds, duration: length.status === 'ok' ? length.value : 'unknown' });
  };
  return {
    clip,
    durationSeconds: duration,
    frames: async () => {
      const part = await range();
      return part.status === 'ok' ? caught(() => openVideoFrames(clip.videoPath, part.value)) : part;
    },
    reference: async () => {
      const part = await range();
      if (part.status !== 'ok') return part;
      if (clip.referencePath !== undefined) return caught(() => decodeAudio(clip.referencePath!, part.value));
      const info = await probe();
      if (info.status === 'ok' && info.value.audio === undefined) return skipped('the video has no sound track');
      return caught(() => decodeAudio(clip.videoPath, part.value));
    },
    framesHash: async () => windowHash(await videoHash()),
    referenceHash: async () =>
      windowHash(clip.referencePath === undefined ? await videoHash() : await hashFile(clip.referencePath)),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function caughtValue<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  return caught(async () => ok(await work()));
}

/** A broken file is the clip's outcome, not the run's end; only an abort goes on upwards. */
async function caught<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    const { code, message } = errorOf(error);
    return failed(code, message);
  }
}
