import { describe, expect, it } from 'vitest';
import { imagebindClips, imagebindFrameCrops, imagebindImage, viewOf } from '../../src/pictures/imagebind-views.js';

const frames = (framesPerSecond: number, frameCount: number, durationSeconds: number): number[][] =>
  imagebindClips({ framesPerSecond, frameCount, durationSeconds }).map(({ firstFrame, lastFrame }) => [
    firstFrame,
    lastFrame,
  ]);

describe('imagebindClips', () => {
  it('takes the frames of the official code', () => {
    // What pytorchvideo gave for 10 s at 25 and 6.4 s at 30 frames a second; 3.3 s is a hair above 99 frames there.
    expect(frames(25, 250, 10)).toEqual([
      [0, 49],
      [50, 99],
      [100, 149],
      [150, 199],
      [200, 249],
    ]);
    expect(frames(30, 192, 6.4)).toEqual([
      [0, 59],
      [33, 92],
      [66, 125],
      [100, 159],
      [132, 191],
    ]);
  });

  it('takes the same clip five times of a video that is shorter than one', () => {
    expect(frames(25, 30, 1.2)).toEqual(Array(5).fill([0, 29]));
    expect(frames(25, 1, 0.04)).toEqual(Array(5).fill([0, 0]));
  });
});

const wide = {
  widthPx: 100,
  heightPx: 50,
  rgb: Uint8Array.from({ length: 15_000 }, (_, index) => (Math.floor(index / 3) % 100) * 2),
};

describe('crops', () => {
  it('go from left to right in a wide frame', () => {
    const [left, middle, right] = imagebindFrameCrops(wide);
    expect(left!.data[0]!).toBeLessThan(middle!.data[0]!);
    expect(middle!.data[0]!).toBeLessThan(right!.data[0]!);
    // The same brightness from top to bottom.
    expect(left!.data[224 * 100]).toBeCloseTo(left!.data[0]!, 5);
  });

  it('go from top to bottom in a tall frame', () => {
    const rgb = Uint8Array.from({ length: 15_000 }, (_, index) => Math.floor(index / 150) * 2);
    const [upper, , lower] = imagebindFrameCrops({ widthPx: 50, heightPx: 100, rgb });
    expect(upper!.data[0]!).toBeLessThan(lower!.data[0]!);
  });

  it('of a still picture is its middle', () => {
    const { data } = imagebindImage(wide);
    const middle = imagebindFrameCrops(wide)[1]!.data;
    expect(Math.abs(data[112]! - middle[112]!)).toBeLessThan(0.05);
  });
});

describe('viewOf', () => {
  it('puts the frames of each colour behind each other', () => {
    const planes = (value: number) => ({
      widthPx: 224,
      heightPx: 224,
      data: new Float32Array(3 * 224 * 224).fill(value),
    });
    const view = viewOf(planes(1), planes(2));
    const pixels = 224 * 224;
    expect([0, 1, 2, 3, 4, 5].map((plane) => view[plane * pixels])).toEqual([1, 2, 1, 2, 1, 2]);
  });
});
