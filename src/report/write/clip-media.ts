import { isAbsolute, relative, sep } from 'node:path';
import type { Clip } from '../../core/clip.js';
import type { ClipFile, ClipMedia, MediaByClip } from '../html/clips-section.js';

export interface ClipMediaOptions {
  /** The run folder, in which the report lies. */
  readonly folder: string;
  /** Seconds scored from each clip's start, or `full`. */
  readonly window: number | 'full';
}

/** Where the report finds each clip's video and music. Files on another drive have no relative path and are left out. */
export function clipMedia(clips: readonly Clip[], options: ClipMediaOptions): MediaByClip {
  return Object.fromEntries(clips.map((clip) => [clip.id, mediaOf(clip, options)]));
}

function mediaOf(clip: Clip, options: ClipMediaOptions): ClipMedia {
  const video = clip.videoPath === undefined ? undefined : fileOf(clip.videoPath, clip, options);
  const reference = clip.referencePath === undefined ? undefined : fileOf(clip.referencePath, clip, options);
  return { ...(video === undefined ? {} : { video }), ...(reference === undefined ? {} : { reference }) };
}

function fileOf(path: string, clip: Clip, { folder, window }: ClipMediaOptions): ClipFile | undefined {
  const fromReport = relative(folder, path);
  if (isAbsolute(fromReport)) return undefined;
  const durations = [clip.durationSeconds, window === 'full' ? undefined : window].filter((one) => one !== undefined);
  return {
    path: fromReport.split(sep).join('/'),
    startSeconds: clip.startSeconds,
    ...(durations.length === 0 ? {} : { durationSeconds: Math.min(...durations) }),
  };
}
