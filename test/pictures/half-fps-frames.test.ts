import { describe, expect, it } from 'vitest';
import { halfFpsFrames } from '../../src/pictures/half-fps-frames.js';

const numbers = (framesPerSecond: number, durationSeconds: number): readonly number[] =>
  halfFpsFrames({ framesPerSecond, durationSeconds, frameCount: Math.round(framesPerSecond * durationSeconds) });

describe('halfFpsFrames', () => {
  it("takes the frames that ffmpeg's fps=0.5 lets through", () => {
    // `ffmpeg -f lavfi -i color=r=25:d=10,geq=lum=N -vf fps=0.5` gave pictures 24, 74, 124, 174 and 224.
    expect(numbers(25, 10)).toEqual([24, 74, 124, 174, 224]);
  });

  it('takes one for each whole two seconds', () => {
    expect(numbers(25, 3.9)).toEqual([24]);
    expect(numbers(12, 8)).toHaveLength(4);
    expect(numbers(30, 1)).toEqual([]);
  });

  it('takes no frame twice where the video is slower', () => {
    expect(numbers(0.25, 16)).toEqual([0, 1, 2, 3]);
  });
});
