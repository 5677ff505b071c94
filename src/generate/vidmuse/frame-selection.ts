import { type Compat, globalFrameCount, localFramesPerSecond } from './compat.js';

export interface VideoFacts {
  /** `avg_frame_rate` of the stream. */
  readonly framesPerSecond: number;
  readonly frameCount: number;
  readonly durationSeconds: number;
}

/** Which frames of a video are looked at, by their number; ascending, and a number may repeat. */
export interface FrameSelection {
  /** Two a second of music; the short-term branch of each window takes its part of them. */
  readonly local: readonly number[];
  /** 32 over the whole video, the same for every window. */
  readonly global: readonly number[];
}

/**
 * `upstream` (VidMuse 1e9296e, demos/VidMuse_app.py:109-146): every ceil(rate / 2)-th frame of the whole seconds, the last one repeated where there
 * are too few, so that at 25 frames a second pictures run 4 % late. `fixed`: the frame nearest to each half second. Throws a RangeError for a
 * video without a frame or, `upstream`, of less than a second.
 */
export function selectFrames(video: VideoFacts, compat: Compat): FrameSelection {
  const { frameCount } = video;
  if (frameCount < 1) throw new RangeError('a video needs a frame');
  const last = frameCount - 1;
  // The same as truncating numpy's linspace for any video up to 200000 frames.
  const global = Array.from({ length: globalFrameCount }, (_, index) =>
    Math.floor((index * last) / (globalFrameCount - 1)),
  );
  return { local: compat === 'upstream' ? upstreamFrames(video) : framesAtTimes(video), global };
}

function upstreamFrames({ framesPerSecond, frameCount, durationSeconds }: VideoFacts): number[] {
  const count = localFramesPerSecond * Math.trunc(durationSeconds);
  if (count === 0) throw new RangeError('upstream makes no music for less than a second');
  const interval = Math.ceil(framesPerSecond / localFramesPerSecond);
  const read = Math.max(1, Math.min(count, Math.ceil(frameCount / interval)));
  return Array.from({ length: count }, (_, index) => Math.min(index, read - 1) * interval);
}

function framesAtTimes({ framesPerSecond, frameCount, durationSeconds }: VideoFacts): number[] {
  const count = Math.max(1, Math.ceil(localFramesPerSecond * durationSeconds - 1e-6));
  return Array.from({ length: count }, (_, index) =>
    Math.min(frameCount - 1, Math.round((index / localFramesPerSecond) * framesPerSecond)),
  );
}
