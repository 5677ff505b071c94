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
}

/** The pictures of one clip and nothing else: no path, no sound, no annotation. Each `stream` call decodes anew, in constant memory. */
export interface VideoFrames {
  readonly durationSeconds: number;
  readonly framesPerSecond: number;
  readonly widthPx: number;
  readonly heightPx: number;
  stream(request: FrameRequest, options?: { readonly signal?: AbortSignal }): AsyncIterable<RgbFrame>;
}
