import { describe, expect, it } from 'vitest';
import { analyseFrames } from '../../../src/baselines/composer/analyse-frames.js';
import { neutralPalette } from '../../../src/baselines/composer/video-profile.js';
import { createMemoryFrames } from '../../../src/testing/memory-frames.js';

function plain(colourOf: (frameIndex: number) => readonly [number, number, number], frameCount: number) {
  return createMemoryFrames({
    durationSeconds: frameCount / 10,
    framesPerSecond: 10,
    paint: ({ frameIndex, channel }) => colourOf(frameIndex)[channel]!,
  });
}

describe('analyseFrames', () => {
  it('measures luma, colour and histogram changes to the frame before', async () => {
    const profile = await analyseFrames(plain((frame) => (frame < 2 ? [0, 0, 0] : [255, 0, 0]), 4));
    expect([...profile.timeSeconds]).toEqual([0, 0.1, 0.2, expect.closeTo(0.3, 9)]);
    expect([...profile.difference]).toEqual([0, 0, expect.closeTo(0.299, 6), 0]);
    expect([...profile.colourDifference]).toEqual([0, 0, expect.closeTo(1 / 3, 9), 0]);
    expect([...profile.histogramChange]).toEqual([0, 0, 1, 0]);
  });

  it('gives the first frame the value of the second', async () => {
    const { difference } = await analyseFrames(plain((frame) => (frame === 0 ? [0, 0, 0] : [255, 255, 255]), 3));
    expect([...difference].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, 1, 0]);
  });

  it.each([
    ['red', [255, 0, 0], { brightness: 0.299, saturation: 1, warmth: 1, hue: 0 }],
    ['green', [0, 255, 0], { brightness: 0.587, saturation: 1, warmth: 0, hue: 4 }],
    ['dark blue', [0, 0, 51], { brightness: 0.0228, saturation: 1, warmth: -0.2, hue: 8 }],
    ['orange', [255, 140, 0], { brightness: 0.62128, saturation: 1, warmth: 1, hue: 1 }],
  ] as const)('describes %s', async (_, colour, expected) => {
    const { palette } = await analyseFrames(plain(() => colour, 2));
    expect(palette.brightness).toBeCloseTo(expected.brightness, 4);
    expect(palette.saturation).toBeCloseTo(expected.saturation, 6);
    expect(palette.warmth).toBeCloseTo(expected.warmth, 6);
    expect(palette.hues.indexOf(1)).toBe(expected.hue);
    expect(palette.contrast).toBeCloseTo(0, 3);
  });

  it('finds no hue in grey', async () => {
    const { palette } = await analyseFrames(plain(() => [128, 128, 128], 2));
    expect(palette).toMatchObject({ saturation: 0, warmth: 0, hues: new Array(12).fill(0) });
  });

  it('copes with one frame and with none', async () => {
    expect((await analyseFrames(plain(() => [9, 9, 9], 1))).difference).toEqual(new Float64Array([0]));
    const empty = await analyseFrames(plain(() => [9, 9, 9], 0));
    expect(empty.difference).toHaveLength(0);
    expect(empty.palette).toEqual(neutralPalette);
  });
});
