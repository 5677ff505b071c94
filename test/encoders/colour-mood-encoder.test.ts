import { describe, expect, it } from 'vitest';
import type { Features } from '../../src/core/features.js';
import type { VideoFrames } from '../../src/core/frames.js';
import { createColourMoodEncoder } from '../../src/encoders/colour-mood-encoder.js';
import { createMemoryFrames } from '../../src/testing/memory-frames.js';
import { cutVideo, okValue, paintedVideo, stillVideo, swingVideo } from '../baselines/painted-videos.js';

const encode = async (video: VideoFrames): Promise<Features> => okValue(await createColourMoodEncoder().encode(video));
const valuesOf = (features: Features, name: string): number[] => {
  const { rows, data } = features[name]!;
  return Array.from({ length: rows }, (_, row) => data[2 * row + 1]!);
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createColourMoodEncoder', () => {
  it('gives the pleasantness of the colours of each frame at its time', async () => {
    const features = await encode(
      paintedVideo(1, ({ frameIndex, channel }) => (frameIndex < 10 ? 255 : channel === 0 ? 255 : 0)),
    );
    const valence = valuesOf(features, 'valence');
    expect(valence).toHaveLength(25);
    expect(features.valence!.data[2 * 24]).toBe(Math.fround(24 / 25));
    // White: 0.69. Red: 0.69 * 0.2126 + 0.22.
    expect(valence[0]).toBeCloseTo(0.69, 6);
    expect(valence[10]).toBeCloseTo(0.69 * 0.2126 + 0.22, 6);
  });

  it('is flat for a still picture', async () => {
    const features = await encode(stillVideo(2));
    for (const name of ['valence', 'arousal']) expect(new Set(valuesOf(features, name)).size).toBe(1);
  });

  it('is more aroused where there is more motion, and where shots are short', async () => {
    const swinging = valuesOf(await encode(swingVideo(4, (time) => (time < 2 ? 0.05 : 1))), 'arousal');
    expect(mean(swinging.slice(55))).toBeGreaterThan(mean(swinging.slice(0, 45)) + 0.3);
    const cutting = valuesOf(await encode(cutVideo(6, [3, 3.6, 4.2, 4.8, 5.4])), 'arousal');
    expect(mean(cutting.slice(80))).toBeGreaterThan(mean(cutting.slice(0, 70)));
  });

  it('skips a video of one frame', async () => {
    const one = createMemoryFrames({ durationSeconds: 1, framesPerSecond: 1, paint: () => 7 });
    expect(await createColourMoodEncoder().encode(one)).toMatchObject({ status: 'skipped' });
  });
});
