import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compatModes } from '../../../src/generate/vidmuse/compat.js';
import { selectFrames } from '../../../src/generate/vidmuse/frame-selection.js';

interface Case {
  readonly fps: string;
  readonly fps_float: number;
  readonly duration: number;
  readonly frame_count: number;
  readonly local_ids: readonly number[];
  readonly local_padding: number;
  readonly global_ids: readonly number[];
}

const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/vidmuse/frames.json', import.meta.url), 'utf8'),
);
const rates = [1, 10, 12.5, 24000 / 1001, 24, 25, 30000 / 1001, 30, 50, 60];
const durations = [0.3, 1, 1.02, 7.3, 29.99, 30, 59.5, 89.52];

const videos = rates.flatMap((framesPerSecond) =>
  durations.map((durationSeconds) => ({
    ...{ framesPerSecond, durationSeconds },
    frameCount: Math.max(1, Math.floor(framesPerSecond * durationSeconds + 1e-6)),
  })),
);

describe('selectFrames, upstream', () => {
  it.each(cases.map((golden) => [golden.fps, golden.duration, golden] as const))(
    'reads %s frames a second over %d s as the official reader does',
    (_fps, durationSeconds, golden) => {
      const { fps_float: framesPerSecond, frame_count: frameCount, local_ids, local_padding, global_ids } = golden;
      const { local, global } = selectFrames({ framesPerSecond, frameCount, durationSeconds }, 'upstream');
      const padding = Array.from({ length: local_padding }, () => local_ids.at(-1));
      expect(local).toEqual([...local_ids, ...padding]);
      expect(global).toEqual(global_ids);
    },
  );

  it('repeats the last frame where the video has too few', () => {
    const { local } = selectFrames({ framesPerSecond: 25, frameCount: 30, durationSeconds: 3 }, 'upstream');
    expect(local).toEqual([0, 13, 26, 26, 26, 26]);
  });

  it('refuses less than a second', () => {
    const video = { framesPerSecond: 25, frameCount: 24, durationSeconds: 0.96 };
    expect(() => selectFrames(video, 'upstream')).toThrow(RangeError);
    expect(() => selectFrames(video, 'upstream')).toThrow('upstream makes no music for less than a second');
  });
});

describe('selectFrames, fixed', () => {
  it('takes two frames for each second that begins, and at least one', () => {
    for (const video of videos) {
      const { local } = selectFrames(video, 'fixed');
      expect(local).toHaveLength(Math.ceil(2 * video.durationSeconds - 1e-6));
    }
    expect(selectFrames({ framesPerSecond: 25, frameCount: 1, durationSeconds: 0 }, 'fixed').local).toEqual([0]);
  });

  it('takes the frame nearest to each half second, or the last', () => {
    for (const video of videos)
      selectFrames(video, 'fixed').local.forEach((frame, index) => {
        const late = frame / video.framesPerSecond - index / 2;
        if (frame < video.frameCount - 1)
          expect(Math.abs(late)).toBeLessThanOrEqual(0.5 / video.framesPerSecond + 1e-9);
        else expect(late).toBeLessThanOrEqual(0.5 / video.framesPerSecond + 1e-9);
      });
  });

  it('takes the very frames upstream takes where the rate is even', () => {
    for (const framesPerSecond of [10, 24, 30, 50, 60]) {
      const video = { framesPerSecond, frameCount: 20 * framesPerSecond, durationSeconds: 20 };
      expect(selectFrames(video, 'fixed')).toEqual(selectFrames(video, 'upstream'));
    }
  });

  it('does not run late at 25 frames a second', () => {
    const video = { framesPerSecond: 25, frameCount: 750, durationSeconds: 30 };
    expect(selectFrames(video, 'upstream').local.at(-1)).toBe(57 * 13);
    expect(selectFrames(video, 'fixed').local.at(-1)).toBe(738);
  });
});

describe.each(compatModes)('selectFrames, %s', (compat) => {
  it('gives 32 global frames from the first to the last, ascending', () => {
    for (const frameCount of [1, 2, 31, 32, 33, 750, 4321]) {
      const { global } = selectFrames({ framesPerSecond: 25, frameCount, durationSeconds: 10 }, compat);
      expect(global).toHaveLength(32);
      expect([global[0], global.at(-1)]).toEqual([0, frameCount - 1]);
      expect(global.every((frame, index) => index === 0 || frame >= global[index - 1]!)).toBe(true);
    }
  });

  it('names only frames that the video has', () => {
    for (const video of videos.filter(({ durationSeconds }) => durationSeconds >= 1)) {
      const { local } = selectFrames(video, compat);
      expect(local.every((frame) => Number.isInteger(frame) && frame >= 0 && frame < video.frameCount)).toBe(true);
    }
  });

  it('refuses a video without a frame', () => {
    const empty = { framesPerSecond: 25, frameCount: 0, durationSeconds: 10 };
    expect(() => selectFrames(empty, compat)).toThrow(new RangeError('a video needs a frame'));
  });
});
