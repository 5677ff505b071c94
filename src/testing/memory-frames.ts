import type { FramePick, FrameRequest, RgbFrame, VideoFrames } from '../core/frames.js';

/** Value of one channel of one pixel, 0 to 255. Coordinates are those of the requested size; `channel` 0, 1, 2 is R, G, B. */
export type Painter = (place: {
  readonly xPx: number;
  readonly yPx: number;
  readonly timeSeconds: number;
  readonly frameIndex: number;
  readonly channel: number;
}) => number;

export interface MemoryFramesOptions {
  readonly durationSeconds: number;
  readonly framesPerSecond: number;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly paint: Painter;
}

/**
 * A video that is painted instead of decoded: each frame is drawn anew at exactly the size and rate asked for, frame n at
 * time n / rate, `round(duration * rate)` frames in all. Stands in for a real clip where no file is wanted.
 */
export function createMemoryFrames(options: MemoryFramesOptions): VideoFrames {
  const { durationSeconds, framesPerSecond, widthPx = 320, heightPx = 180, paint } = options;
  return {
    durationSeconds,
    framesPerSecond,
    widthPx,
    heightPx,
    frameCount: Math.round(durationSeconds * framesPerSecond),
    async *stream(request, { signal } = {}) {
      const rate = request.pick === undefined ? (request.framesPerSecond ?? framesPerSecond) : framesPerSecond;
      const frameCount = Math.round(durationSeconds * rate);
      for (let frameIndex = 0; frameIndex < frameCount; frameIndex++) {
        signal?.throwIfAborted();
        if (request.pick !== undefined && !isPicked(frameIndex, request.pick)) continue;
        yield paintFrame({ frameIndex, timeSeconds: frameIndex / rate }, request, paint);
      }
    },
  };
}

function isPicked(number: number, pick: FramePick): boolean {
  return 'every' in pick ? number % pick.every === 0 : pick.numbers.includes(number);
}

function paintFrame(
  moment: { readonly frameIndex: number; readonly timeSeconds: number },
  { widthPx, heightPx }: FrameRequest,
  paint: Painter,
): RgbFrame {
  const rgb = new Uint8Array(3 * widthPx * heightPx);
  // One object for all pixels: a new one for each is an order of magnitude slower.
  const place = { ...moment, xPx: 0, yPx: 0, channel: 0 };
  let at = 0;
  for (place.yPx = 0; place.yPx < heightPx; place.yPx++) {
    for (place.xPx = 0; place.xPx < widthPx; place.xPx++) {
      for (place.channel = 0; place.channel < 3; place.channel++) rgb[at++] = paint(place);
    }
  }
  return { widthPx, heightPx, timeSeconds: moment.timeSeconds, rgb };
}
