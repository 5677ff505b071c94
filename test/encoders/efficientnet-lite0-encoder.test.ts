import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FeatureMatrix, Features } from '../../src/core/features.js';
import type { VideoFrames } from '../../src/core/frames.js';
import { createEfficientnetLite0Encoder } from '../../src/encoders/efficientnet-lite0-encoder.js';
import { createMemoryFrames } from '../../src/testing/memory-frames.js';
import { expectAllClose } from '../helpers/all-close.js';

const golden = JSON.parse(
  readFileSync(new URL('../fixtures/efficientnet-lite0/golden.json', import.meta.url), 'utf8'),
) as {
  embeddingFirst8: number[][];
  embeddingSum: number[];
  top5: [index: number, logit: number][][];
};

/** The pictures of the golden values, one a second. */
const frames: VideoFrames = createMemoryFrames({
  durationSeconds: 4,
  framesPerSecond: 1,
  paint: ({ xPx: x, yPx: y, frameIndex: t, channel: c }) =>
    (x * (3 + c) + y * (5 - c) + t * (7 * c + 11) + (((x >> 4) ^ (y >> 4)) & 1) * 64 * (1 + (t % 3))) % 256,
});

async function encoded(video: VideoFrames, batchSize?: number): Promise<Features> {
  const outcome = await createEfficientnetLite0Encoder(batchSize === undefined ? {} : { batchSize }).encode(video);
  if (outcome.status === 'ok') return outcome.value;
  throw new Error(JSON.stringify(outcome));
}

function row(matrix: FeatureMatrix | undefined, index: number): Float32Array {
  return matrix!.data.subarray(index * matrix!.columns, (index + 1) * matrix!.columns);
}

describe('createEfficientnetLite0Encoder', () => {
  it('agrees with the golden values', async () => {
    const { embedding, logits } = await encoded(frames);
    expect([embedding?.rows, embedding?.columns, logits?.rows, logits?.columns]).toEqual([4, 1280, 4, 1000]);
    for (let frame = 0; frame < 4; frame++) {
      const features = row(embedding, frame);
      expectAllClose(features.subarray(0, 8), golden.embeddingFirst8[frame]!, { atol: 2e-3 });
      const sum = features.reduce((total, value) => total + value, 0);
      expectAllClose([sum], [golden.embeddingSum[frame]!], { rtol: 2e-3 });
      const scores = row(logits, frame);
      const ranked = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 5);
      expect(ranked).toEqual(golden.top5[frame]!.map(([index]) => index));
      expectAllClose(
        ranked.map((index) => scores[index]!),
        golden.top5[frame]!.map(([, logit]) => logit),
        { atol: 2e-3 },
      );
    }
  });

  it('gives the same features whatever the batch size', async () => {
    const single = await encoded(frames, 1);
    const three = await encoded(frames, 3);
    expectAllClose(three.embedding!.data, single.embedding!.data, { atol: 1e-4 });
    expectAllClose(three.logits!.data, single.logits!.data, { atol: 1e-4 });
  });

  it('looks at one frame a second, whatever the rate of the video', async () => {
    const gray = createMemoryFrames({
      durationSeconds: 2,
      framesPerSecond: 25,
      paint: ({ timeSeconds }) => 100 + timeSeconds,
    });
    expect((await encoded(gray)).embedding?.rows).toBe(2);
  });

  it('skips a video without frames', async () => {
    const nothing = createMemoryFrames({ durationSeconds: 0, framesPerSecond: 25, paint: () => 0 });
    expect(await createEfficientnetLite0Encoder().encode(nothing)).toEqual({
      status: 'skipped',
      reason: 'the video has no frames',
    });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped by the user');
    const long = createMemoryFrames({
      durationSeconds: 1000,
      framesPerSecond: 1,
      paint: ({ frameIndex }) => {
        if (frameIndex === 3) controller.abort(reason);
        return 0;
      },
    });
    await expect(createEfficientnetLite0Encoder().encode(long, { signal: controller.signal })).rejects.toBe(reason);
  });
});
