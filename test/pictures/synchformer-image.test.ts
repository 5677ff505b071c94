import { describe, expect, it } from 'vitest';
import type { Picture } from '../../src/pictures/picture.js';
import { synchformerImage } from '../../src/pictures/synchformer-image.js';

const painted = (widthPx: number, heightPx: number, paint: (x: number, y: number) => number): Picture => ({
  widthPx,
  heightPx,
  rgb: Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return paint(pixel % widthPx, Math.floor(pixel / widthPx));
  }),
});

// Cells of the official code are compared in test/verify/encoders.test.ts.
describe('synchformerImage', () => {
  it('goes from -1 for black to 1 for white', () => {
    for (const [grey, value] of [
      [0, -1],
      [255, 1],
    ] as const) {
      const image = synchformerImage(painted(320, 180, () => grey));
      expect([image.widthPx, image.heightPx]).toEqual([224, 224]);
      expect(new Set(image.data)).toEqual(new Set([value]));
    }
  });

  it('keeps the middle of a wide and of a tall picture', () => {
    const wide = synchformerImage(painted(448, 224, (x) => (x < 112 || x >= 336 ? 255 : 0)));
    const tall = synchformerImage(painted(224, 448, (_, y) => (y < 112 || y >= 336 ? 255 : 0)));
    for (const { data } of [wide, tall]) expect(new Set(data)).toEqual(new Set([-1]));
  });
});
