import { describe, expect, it } from 'vitest';
import type { VideoFrames } from '../../src/core/frames.js';
import { createCutsEncoder } from '../../src/encoders/cuts-encoder.js';
import { createMemoryFrames } from '../../src/testing/memory-frames.js';
import { cutVideo, flashVideo, okValue, paintedVideo, stillVideo, swingVideo } from '../baselines/painted-videos.js';

async function cutsOf(video: VideoFrames): Promise<number[]> {
  const { cuts } = okValue(await createCutsEncoder().encode(video));
  expect(cuts!.columns).toBe(2);
  for (let row = 0; row < cuts!.rows; row++) expect(cuts!.data[2 * row + 1]).toBe(Math.fround(video.durationSeconds));
  return Array.from({ length: cuts!.rows }, (_, row) => cuts!.data[2 * row]!);
}

describe('createCutsEncoder', () => {
  it('finds the cuts of a painted video at the first frame of each shot', async () => {
    const times = [0.8, 2, 2.6, 4.4];
    expect(await cutsOf(cutVideo(5, times))).toEqual(times.map(Math.fround));
  });

  it('finds none in a still, a flashing or a moving picture', async () => {
    expect(await cutsOf(stillVideo(3))).toEqual([]);
    expect(await cutsOf(flashVideo(4, [1, 2, 3]))).toEqual([]);
    expect(await cutsOf(swingVideo(4, () => 1))).toEqual([]);
  });

  it('finds none in a dissolve between two pictures, and one in the same change at once', async () => {
    const between = (shareAt: (time: number) => number): VideoFrames =>
      paintedVideo(4, ({ xPx, yPx, timeSeconds }) => {
        const share = Math.min(1, Math.max(0, shareAt(timeSeconds)));
        return Math.round((1 - share) * ((xPx * 3) % 200) + share * (255 - yPx * 2));
      });
    expect(await cutsOf(between((time) => time - 1.5))).toEqual([]);
    expect(await cutsOf(between((time) => (time < 1.9 ? 0 : 1)))).toEqual([Math.fround(1.92)]);
  });

  it('is not disturbed by noise', async () => {
    const noise = (seed: number): number => ((Math.imul(seed, 2654435761) >>> 16) % 41) - 20;
    const video = paintedVideo(3, ({ xPx, yPx, frameIndex, channel }) => {
      const shot = frameIndex < 40 ? 90 : 150;
      return shot + noise(((frameIndex * 90 + yPx) * 160 + xPx) * 3 + channel);
    });
    expect(await cutsOf(video)).toEqual([Math.fround(1.6)]);
  });

  it('skips a video of fewer than four frames, and stops when it is told to', async () => {
    const short = createMemoryFrames({ durationSeconds: 0.3, framesPerSecond: 10, paint: () => 7 });
    expect(await createCutsEncoder().encode(short)).toEqual({
      status: 'skipped',
      reason: 'a cut needs 4 frames, the video has 3',
    });
    const reason = new Error('stopped by the user');
    await expect(createCutsEncoder().encode(stillVideo(1), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
