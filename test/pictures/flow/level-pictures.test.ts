import { describe, expect, it } from 'vitest';
import { coarsePictures, finestPictures, levelSizes } from '../../../src/pictures/flow/level-pictures.js';

describe('levelSizes', () => {
  const sizesOf = (widthPx: number, heightPx: number): string[] =>
    levelSizes({ widthPx, heightPx }).map((size) => `${size.widthPx}x${size.heightPx}`);

  it('halves up to three times, while both sides stay 32 pixels', () => {
    expect(sizesOf(1280, 720)).toEqual(['1280x720', '640x360', '320x180', '160x90']);
    expect(sizesOf(64, 64)).toEqual(['64x64', '32x32']);
    expect(sizesOf(640, 63)).toEqual(['640x63']);
  });

  it('rounds halves to even sizes', () => {
    expect(sizesOf(97, 65)).toEqual(['97x65', '48x32']);
    expect(sizesOf(99, 67)).toEqual(['99x67', '50x34']);
  });
});

describe('the pictures of a level', () => {
  const size = { widthPx: 260, heightPx: 257 };
  const sizes = levelSizes(size);
  const makers = sizes.map((level, index) =>
    index === 0 ? finestPictures(size, level) : coarsePictures(size, { level: index, size: level }),
  );

  it.each(sizes.map((level, index) => ({ level, index })))('keep a plain picture: level $index', ({ level, index }) => {
    const picture = new Float32Array(level.stridePx * level.heightPx);
    makers[index]!(new Uint8Array(260 * 257).fill(77), picture);
    for (let y = 0; y < level.heightPx; y++)
      for (let x = 0; x < level.widthPx; x++) expect(picture[y * level.stridePx + x]).toBeCloseTo(77, 4);
  });

  it.each(sizes.map((level, index) => ({ level, index })))(
    'keep a slope in place: level $index',
    ({ level, index }) => {
      const picture = new Float32Array(level.stridePx * level.heightPx);
      const gray = Uint8Array.from({ length: 260 * 257 }, (_, at) => Math.min(255, at % 260));
      makers[index]!(gray, picture);
      const scale = 260 / level.widthPx;
      // The middle of a new pixel lies at scale (x + 1/2) - 1/2 of the old ones.
      const x = Math.floor(level.widthPx / 2);
      const y = Math.floor(level.heightPx / 2);
      expect(picture[y * level.stridePx + x]).toBeCloseTo(scale * (x + 0.5) - 0.5, 3);
    },
  );
});
