import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import type { VideoFrames } from '../../src/core/frames.js';
import { createMotionEncoder } from '../../src/encoders/motion-encoder.js';
import { createMemoryFrames } from '../../src/testing/memory-frames.js';

async function curveOf(video: VideoFrames): Promise<FeatureMatrix> {
  const outcome = await createMotionEncoder().encode(video);
  if (outcome.status === 'ok') return outcome.value.curve!;
  throw new Error(JSON.stringify(outcome));
}

function column({ data, columns }: FeatureMatrix, index: number): number[] {
  return [...data].filter((_, position) => position % columns === index);
}

describe('createMotionEncoder', () => {
  it('measures the step of the luma at each frame and repeats the first', async () => {
    const grays = [10, 13, 13, 200, 0];
    const video = createMemoryFrames({
      durationSeconds: 0.5,
      framesPerSecond: 10,
      paint: ({ frameIndex }) => grays[frameIndex]!,
    });
    const curve = await curveOf(video);
    expect([curve.rows, curve.columns]).toEqual([5, 2]);
    expect(column(curve, 0)).toEqual([0, 0.1, 0.2, 0.3, 0.4].map(Math.fround));
    expect(column(curve, 1)).toEqual([3, 3, 0, 187, 200]);
  });

  it('weighs the colours by Rec. 601', async () => {
    const lit = async (lamp: number): Promise<number> => {
      const paint = ({ frameIndex, channel }: { frameIndex: number; channel: number }): number =>
        frameIndex === 1 && channel === lamp ? 255 : 0;
      return column(await curveOf(createMemoryFrames({ durationSeconds: 2, framesPerSecond: 1, paint })), 1)[1]!;
    };
    // 255 times 0.299, 0.587 and 0.114, rounded to 8 bits.
    expect([await lit(0), await lit(1), await lit(2)]).toEqual([76, 150, 29]);
  });

  it('averages over the picture: a bar that moves by its width changes two bars of pixels', async () => {
    const paint = ({ xPx, frameIndex }: { xPx: number; frameIndex: number }): number =>
      Math.floor(xPx / 16) === frameIndex ? 255 : 0;
    const curve = await curveOf(createMemoryFrames({ durationSeconds: 1, framesPerSecond: 8, paint }));
    for (const change of column(curve, 1)) expect(change).toBeCloseTo((255 * 2 * 16) / 160, 4);
  });

  it('is 0 for a still picture', async () => {
    const paint = ({ xPx, yPx }: { xPx: number; yPx: number }): number => (xPx * yPx) % 256;
    const curve = await curveOf(createMemoryFrames({ durationSeconds: 1, framesPerSecond: 5, paint }));
    expect(column(curve, 1)).toEqual([0, 0, 0, 0, 0]);
  });

  it('works with a source that reuses its buffer', async () => {
    const inner = createMemoryFrames({
      durationSeconds: 3,
      framesPerSecond: 1,
      paint: ({ frameIndex }) => 50 * frameIndex,
    });
    const rgb = new Uint8Array(3 * 160 * 90);
    const reusing: VideoFrames = {
      ...inner,
      async *stream(request) {
        for await (const frame of inner.stream(request)) {
          rgb.set(frame.rgb);
          yield { ...frame, rgb };
        }
      },
    };
    expect(column(await curveOf(reusing), 1)).toEqual([50, 50, 50]);
  });

  it('skips a video of one frame', async () => {
    const still = createMemoryFrames({ durationSeconds: 1, framesPerSecond: 1, paint: () => 7 });
    expect(await createMotionEncoder().encode(still)).toEqual({
      status: 'skipped',
      reason: 'the video has fewer than two frames, so nothing moves in it',
    });
  });

  it('stops when it is told to', async () => {
    const reason = new Error('stopped by the user');
    const video = createMemoryFrames({ durationSeconds: 1, framesPerSecond: 5, paint: () => 0 });
    await expect(createMotionEncoder().encode(video, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
