/** One picture: 8-bit RGB, row-major, `3 * widthPx * heightPx` bytes. */
export interface RgbFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Time of the frame from the start of the clip. */
  readonly timeSeconds: number;
  readonly rgb: Uint8Array;
}

export interface FrameRequest {
  /** Frames are scaled to exactly this size (bicubic, aspect ratio not kept). */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Constant rate to sample at; left out: the video's own average rate. */
  readonly framesPerSecond?: number;
  /** Decoded pictures by their number in the clip, from 0, in place of a rate; those beyond the end are left out. */
  readonly pick?: FramePick;
  /** How colours become RGB: with interpolated chroma and exact rounding; `fast`: as ffmpeg does by default, and OpenCV's `VideoCapture` with it. */
  readonly conversion?: 'fast';
}

/** Every n-th picture from the first, or single ones in ascending order without repeats. */
export type FramePick = { readonly every: number } | { readonly numbers: readonly number[] };

/** The pictures of one clip and nothing else: no path, no sound, no annotation. Each `stream` call decodes anew, in constant memory. */
export interface VideoFrames {
  readonly durationSeconds: number;
  readonly framesPerSecond: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pictures in all, as the file states it; else by length and rate. */
  readonly frameCount: number;
  stream(request: FrameRequest, options?: { readonly signal?: AbortSignal }): AsyncIterable<RgbFrame>;
}
