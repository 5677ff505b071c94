import { describe, expect, it } from 'vitest';
import { blockHistograms, histogramDistance } from '../../src/pictures/block-histograms.js';
import type { Picture } from '../../src/pictures/picture.js';

const plain = (value: number): Picture => ({ widthPx: 16, heightPx: 8, rgb: new Uint8Array(3 * 16 * 8).fill(value) });
const distance = (a: Picture, b: Picture): number => histogramDistance(blockHistograms(a), blockHistograms(b));

describe('block histograms', () => {
  it('sum to 1 in each block and channel, also where blocks are of different sizes', () => {
    const rgb = Uint8Array.from({ length: 3 * 13 * 9 }, (_, index) => (index * 37) % 256);
    const histograms = blockHistograms({ widthPx: 13, heightPx: 9, rgb });
    for (let start = 0; start < histograms.length; start += 8) {
      const sum = histograms.subarray(start, start + 8).reduce((total, count) => total + count, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it('are as far apart as values are, from the middle of the first bin to that of the last', () => {
    expect(distance(plain(100), plain(100))).toBe(0);
    for (const step of [8, 32, 64, 100]) expect(distance(plain(100), plain(100 + step))).toBeCloseTo(step / 224, 5);
    expect(distance(plain(200), plain(40))).toBeCloseTo(160 / 224, 5);
    expect(distance(plain(0), plain(255))).toBeCloseTo(1, 5);
  });

  it('are the mean over blocks and channels', () => {
    const changed = plain(100);
    // Red of the upper left block: one of 16 blocks, one of three channels.
    for (let y = 0; y < 2; y++) for (let x = 0; x < 4; x++) changed.rgb[3 * (y * 16 + x)] = 200;
    expect(distance(plain(100), changed)).toBeCloseTo(100 / 224 / 48, 5);
  });
});
