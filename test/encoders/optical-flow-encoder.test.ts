import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import type { VideoFrames } from '../../src/core/frames.js';
import { createOpticalFlowEncoder } from '../../src/encoders/optical-flow-encoder.js';
import { openVideoFrames } from '../../src/media/video-frames.js';
import { writeOpencvGray } from '../../src/pictures/opencv-gray.js';
import { createMemoryFrames } from '../../src/testing/memory-frames.js';
import { expectAllClose } from '../helpers/all-close.js';
import { okValue } from '../helpers/ok-value.js';
import { installations, mediaFolder, useInstallation } from '../media/media-files.js';
import { movingClip, readFlowGolden } from '../pictures/flow/moving-pictures.js';

const { clip } = readFlowGolden();
const { make, path } = mediaFolder();

async function curveOf(video: VideoFrames): Promise<FeatureMatrix> {
  return okValue(await createOpticalFlowEncoder().encode(video)).curve!;
}

function column({ data, columns }: FeatureMatrix, index: number): number[] {
  return [...data].filter((_, position) => position % columns === index);
}

beforeAll(() => {
  writeFileSync(path('clip.y4m'), movingClip(clip));
  // Without loss, so that what is decoded is what OpenCV saw.
  make('-i', 'clip.y4m', '-c:v', 'ffv1', 'clip.mkv');
});

describe.each(installations())('createOpticalFlowEncoder on a video, with the $name ffmpeg', ({ setting }) => {
  useInstallation(setting);

  it('gives for each decoded frame what OpenCV gives, and repeats the first', async () => {
    const video = okValue(await openVideoFrames(path('clip.mkv')));
    const gray = new Uint8Array(clip.widthPx * clip.heightPx);
    const grayMeans: number[] = [];
    for await (const frame of video.stream({
      widthPx: clip.widthPx,
      heightPx: clip.heightPx,
      pick: { every: 1 },
      conversion: 'fast',
    })) {
      writeOpencvGray(frame, gray);
      grayMeans.push(gray.reduce((sum, value) => sum + value, 0) / gray.length);
    }
    expectAllClose(grayMeans, clip.grayMeans, { rtol: 1e-8 });
    const curve = await curveOf(video);
    expect([curve.rows, curve.columns]).toEqual([clip.frames, 2]);
    expectAllClose(
      column(curve, 0),
      Array.from({ length: clip.frames }, (_, frame) => frame / 25),
      { atol: 1e-6 },
    );
    expectAllClose(column(curve, 1), [clip.meanMagnitudes[0]!, ...clip.meanMagnitudes], { rtol: 1e-4 });
  });
});

describe('createOpticalFlowEncoder', () => {
  it('asks for the frames of the video at their own size, each once', async () => {
    const inner = createMemoryFrames({
      ...{ durationSeconds: 0.5, framesPerSecond: 10, widthPx: 40, heightPx: 36 },
      paint: ({ xPx, yPx, frameIndex }) => 100 + 60 * Math.sin((xPx + yPx) / 4 + frameIndex),
    });
    const requests: unknown[] = [];
    await curveOf({
      ...inner,
      stream(request, options) {
        requests.push(request);
        return inner.stream(request, options);
      },
    });
    expect(requests).toEqual([{ widthPx: 40, heightPx: 36, pick: { every: 1 }, conversion: 'fast' }]);
  });

  it('stays far below the threshold of a peak for a still picture', async () => {
    const video = createMemoryFrames({
      ...{ durationSeconds: 1, framesPerSecond: 5, widthPx: 40, heightPx: 36 },
      paint: ({ xPx, yPx }) => (xPx * yPx) % 256,
    });
    const [first, ...others] = column(await curveOf(video), 1);
    expect(first).toBeLessThan(0.02);
    expect(others).toEqual([first, first, first, first]);
  });

  it('skips a video of one frame', async () => {
    const still = createMemoryFrames({ durationSeconds: 1, framesPerSecond: 1, paint: () => 7 });
    expect(await createOpticalFlowEncoder().encode(still)).toEqual({
      status: 'skipped',
      reason: 'the video has fewer than two frames, so nothing moves in it',
    });
  });

  it('stops when it is told to, before and between frames', async () => {
    const reason = new Error('stopped by the user');
    const video = createMemoryFrames({
      durationSeconds: 1,
      framesPerSecond: 5,
      widthPx: 8,
      heightPx: 8,
      paint: () => 0,
    });
    await expect(createOpticalFlowEncoder().encode(video, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const stopping: VideoFrames = {
      ...video,
      async *stream(request) {
        for await (const frame of video.stream(request)) {
          if (frame.timeSeconds > 0.3) controller.abort(reason);
          yield frame;
        }
      },
    };
    await expect(createOpticalFlowEncoder().encode(stopping, { signal: controller.signal })).rejects.toBe(reason);
  });
});
