import { describe, expect, it } from 'vitest';
import type { RgbFrame } from '../../src/core/frames.js';
import { createMemoryFrames } from '../../src/testing/memory-frames.js';

describe('createMemoryFrames', () => {
  const frames = createMemoryFrames({
    durationSeconds: 2,
    framesPerSecond: 4,
    widthPx: 8,
    heightPx: 6,
    paint: ({ xPx, yPx, frameIndex, channel }) => 100 * frameIndex + 10 * yPx + 3 * xPx + channel,
  });

  it('paints at the size and rate that are asked for', async () => {
    const painted: RgbFrame[] = [];
    for await (const frame of frames.stream({ widthPx: 2, heightPx: 1, framesPerSecond: 1 })) painted.push(frame);
    expect(painted).toEqual([
      { widthPx: 2, heightPx: 1, timeSeconds: 0, rgb: Uint8Array.of(0, 1, 2, 3, 4, 5) },
      { widthPx: 2, heightPx: 1, timeSeconds: 1, rgb: Uint8Array.of(100, 101, 102, 103, 104, 105) },
    ]);
  });

  it("uses the video's own rate where none is given", async () => {
    const times: number[] = [];
    for await (const { timeSeconds } of frames.stream({ widthPx: 1, heightPx: 1 })) times.push(timeSeconds);
    expect(times).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75]);
  });
});
