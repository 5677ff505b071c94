import type { Features } from '../core/features.js';
import type { VideoFrames } from '../core/frames.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import { meanAbsoluteDifference, writeLuma } from '../pictures/luma.js';
import type { VideoEncoder } from './encoder.js';

const widthPx = 160;
const heightPx = 90;

/**
 * How much the picture changes: [frames, 2] of time in seconds and the mean absolute difference of 8-bit luma to the frame
 * before (0 to 255). The first frame has no frame before it and takes the value of the second, as AV-Align does with optical
 * flow (Yariv et al. 2023, arXiv:2309.16429, TempoTokens `av_align.py`). Two frames are in memory at any time.
 */
export function createMotionEncoder(): VideoEncoder {
  return {
    id: 'motion',
    version: 1,
    summary: "Frame difference of the luma at 160 x 90 pixels and the video's own rate",
    parameters: { widthPx, heightPx },
    outputs: [{ name: 'curve', columns: 2, summary: 'time in seconds, mean absolute luma difference (0 to 255)' }],
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const curve = await motionCurve(frames, signal);
      if (curve.length < 4) return skipped('the video has fewer than two frames, so nothing moves in it');
      curve[1] = curve[3]!;
      return ok({ curve: { rows: curve.length / 2, columns: 2, data: Float32Array.from(curve) } });
    },
  };
}

/** Time and difference in turn; the first difference is 0. */
async function motionCurve(frames: VideoFrames, signal?: AbortSignal): Promise<number[]> {
  const curve: number[] = [];
  let previous = new Uint8Array(widthPx * heightPx);
  let current = new Uint8Array(widthPx * heightPx);
  for await (const frame of frames.stream({ widthPx, heightPx }, signal === undefined ? {} : { signal })) {
    signal?.throwIfAborted();
    writeLuma(frame, current);
    curve.push(frame.timeSeconds, curve.length === 0 ? 0 : meanAbsoluteDifference(current, previous));
    [previous, current] = [current, previous];
  }
  return curve;
}
