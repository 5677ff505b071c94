import { describe, expect, it } from 'vitest';
import type { VideoFrames } from '../../src/core/frames.js';
import { createVideoDurationEncoder } from '../../src/encoders/video-duration-encoder.js';

const encoder = createVideoDurationEncoder();
const video = (durationSeconds: number): VideoFrames => ({
  ...{ durationSeconds, framesPerSecond: 25, widthPx: 4, heightPx: 4, frameCount: 25 * durationSeconds },
  stream: () => {
    throw new Error('no picture is to be decoded');
  },
});

describe('createVideoDurationEncoder', () => {
  it('gives the length without decoding a picture', async () => {
    expect(await encoder.encode(video(12.5))).toEqual({
      status: 'ok',
      value: { value: { rows: 1, columns: 1, data: Float32Array.of(12.5) } },
    });
  });

  it('skips a video without length', async () => {
    expect((await encoder.encode(video(0))).status).toBe('skipped');
  });
});
