import type { Features } from '../core/features.js';
import type { VideoFrames } from '../core/frames.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import { createFarnebackFlow, meanMagnitude } from '../pictures/flow/farneback-flow.js';
import { writeOpencvGray } from '../pictures/opencv-gray.js';
import type { VideoEncoder } from './encoder.js';

/**
 * How far the picture moves: [frames, 2] of time in seconds and the mean length of the flow from the frame before, in pixels of the video. Each
 * decoded picture counts once, picture i at i / rate, and the first takes the value of the second, as AV-Align has it (Yariv et al. 2023,
 * arXiv:2309.16429, TempoTokens `av_align.py`, commit bf0b1e3). Two frames are in memory at any time, each as gray and expanded.
 */
export function createOpticalFlowEncoder(): VideoEncoder {
  return {
    id: 'optical-flow',
    version: 1,
    summary: "Mean length of Farnebäck's optical flow at the video's own size and rate",
    parameters: {},
    outputs: [{ name: 'curve', columns: 2, summary: 'time in seconds, mean length of the flow in pixels' }],
    modality: 'video',
    async encode(frames, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const curve = await flowCurve(frames, signal);
      if (curve.length < 4) return skipped('the video has fewer than two frames, so nothing moves in it');
      curve[1] = curve[3]!;
      return ok({ curve: { rows: curve.length / 2, columns: 2, data: Float32Array.from(curve) } });
    },
  };
}

/** Time and mean length in turn; the first length is 0. */
async function flowCurve(frames: VideoFrames, signal?: AbortSignal): Promise<number[]> {
  const { widthPx, heightPx } = frames;
  const request = { widthPx, heightPx, pick: { every: 1 }, conversion: 'fast' } as const;
  const gray = new Uint8Array(widthPx * heightPx);
  const flowTo = createFarnebackFlow({ widthPx, heightPx });
  const curve: number[] = [];
  for await (const frame of frames.stream(request, signal === undefined ? {} : { signal })) {
    signal?.throwIfAborted();
    writeOpencvGray(frame, gray);
    const flow = flowTo(gray);
    curve.push(frame.timeSeconds, flow === undefined ? 0 : meanMagnitude(flow));
  }
  return curve;
}
