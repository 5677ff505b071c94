import { describe, expect, it } from 'vitest';
import { retrieval } from '../../src/baselines/retrieval.js';
import type { VideoFrames } from '../../src/core/frames.js';
import { failed, type Outcome, ok, skipped } from '../../src/core/outcome.js';
import { durationSecondsOf, type Waveform } from '../../src/core/waveform.js';
import { createEfficientnetLite0Encoder } from '../../src/encoders/efficientnet-lite0-encoder.js';
import { createMotionEncoder } from '../../src/encoders/motion-encoder.js';
import type { MusicPool } from '../../src/generate/generator.js';
import { createMemoryFrames } from '../../src/testing/memory-frames.js';
import { cutVideo, okValue, stillVideo, swingVideo, toneMusic } from './painted-videos.js';

const encoders = [createEfficientnetLite0Encoder(), createMotionEncoder()];

/** The real encoders without a cache; `broken` names a video whose features fail. */
function poolOf(entries: readonly Entry[], broken?: VideoFrames): MusicPool {
  return {
    entries: entries.map(({ clipId, frames, music }) => ({ clipId, frames, music: async () => music })),
    features: async (frames, id) => {
      const encoder = encoders.find((candidate) => candidate.id === id);
      if (encoder === undefined) throw new Error(`no encoder '${id}'`);
      return frames === broken ? failed('cannot-decode', 'broken file') : encoder.encode(frames);
    },
  };
}

interface Entry {
  readonly clipId: string;
  readonly frames: VideoFrames;
  readonly music: Outcome<Waveform>;
}

const entry = (clipId: string, frames: VideoFrames, hz: number): Entry => ({
  clipId,
  frames,
  music: ok(toneMusic({ seconds: 2, hz })),
});

const swing = entry(
  'swing',
  swingVideo(2, () => 0.8),
  300,
);
const cuts = entry('cuts', cutVideo(2, [0.4, 0.8, 1.2, 1.6]), 400);
const still = entry('still', stillVideo(2), 500);
const all = [swing, cuts, still];

const generate = (frames: VideoFrames, pool: MusicPool, durationSeconds = 2): Promise<Outcome<Waveform>> =>
  retrieval.generate({ durationSeconds, seed: 0, views: { frames, pool } });

describe('retrieval', () => {
  it.each([
    ['swing', swingVideo(2, () => 0.7), swing],
    ['cuts', cutVideo(2, [0.4, 0.8, 1.2, 1.56]), cuts],
    ['still', stillVideo(1.5), still],
  ])('plays the music of the %s clip for a video like it', async (_, frames, expected) => {
    expect(okValue(await generate(frames, poolOf(all)))).toBe(okValue(expected.music));
  });

  it('fits the music to the clip', async () => {
    const music = okValue(await generate(stillVideo(2), poolOf([still]), 3.3));
    expect(durationSecondsOf(music)).toBeCloseTo(3.3, 3);
  });

  it('fails, naming the clip, when a pool clip cannot be used: fewer clips would be another system', async () => {
    const mute = { ...still, music: skipped('no sound track') };
    expect(await generate(stillVideo(2), poolOf([mute, cuts]))).toEqual(
      failed('pool-clip-unusable', 'pool clip still: no sound track'),
    );
    expect(await generate(stillVideo(2), poolOf([still, swing], swing.frames))).toEqual(
      failed('pool-clip-unusable', 'pool clip swing: broken file'),
    );
  });

  it('is skipped without a pool', async () => {
    expect(await generate(stillVideo(1), poolOf([]))).toEqual(
      skipped('the suite has no pool clips to retrieve music from'),
    );
  });

  it('passes on why the video itself cannot be described', async () => {
    const frames = stillVideo(1);
    expect(await generate(frames, poolOf(all, frames))).toEqual(failed('cannot-decode', 'broken file'));
  });

  it('takes a video of one frame for a still one', async () => {
    const single = createMemoryFrames({
      durationSeconds: 1,
      framesPerSecond: 1,
      paint: ({ channel }) => 90 + 20 * channel,
    });
    expect(okValue(await generate(single, poolOf(all)))).toBe(okValue(still.music));
  });
});
