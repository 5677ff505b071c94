import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { resizedTriangle } from '../../src/pictures/triangle-planes.js';

// Cells of torchvision are compared in vidmuse-image.test.ts.
const planes = (widthPx: number, heightPx: number, value: (x: number, y: number) => number) => ({
  ...{ widthPx, heightPx },
  data: Float32Array.from({ length: 3 * widthPx * heightPx }, (_, index) =>
    value(index % widthPx, Math.floor(index / widthPx) % heightPx),
  ),
});

describe('resizedTriangle', () => {
  it('keeps one value, larger and smaller', () => {
    for (const [widthPx, heightPx] of [
      [5, 60],
      [60, 5],
      [7, 7],
      [1, 1],
    ] as const) {
      const { data } = resizedTriangle(
        planes(23, 17, () => 0.75),
        { widthPx, heightPx },
      );
      expect(data).toHaveLength(3 * widthPx * heightPx);
      for (const value of data) expect(value).toBeCloseTo(0.75, 6);
    }
  });

  it('copies where the size stays', () => {
    const rng = seededRng('triangle test');
    const original = planes(13, 9, () => rng.next());
    expect(resizedTriangle(original, { widthPx: 13, heightPx: 9 })).toEqual(original);
  });

  it('reads between pixel centres and repeats the edges where it makes larger', () => {
    const { data } = resizedTriangle(
      planes(2, 1, (x) => 4 * x),
      { widthPx: 4, heightPx: 1 },
    );
    expect([...data.subarray(0, 4)]).toEqual([0, 1, 3, 4]);
  });

  it('weighs all pixels under the triangle where it makes smaller', () => {
    // Half as many: weights 1/8, 3/8, 3/8, 1/8, those beyond the edge left out.
    const { data } = resizedTriangle(
      planes(8, 1, (x) => x * x),
      { widthPx: 4, heightPx: 1 },
    );
    const expected = [(3 * 0 + 3 * 1 + 4) / 7, (1 + 3 * 4 + 3 * 9 + 16) / 8, (9 + 3 * 16 + 3 * 25 + 36) / 8];
    expected.forEach((value, place) => {
      expect(data[place]).toBeCloseTo(value, 5);
    });
  });

  it('keeps the channels apart', () => {
    const original = planes(6, 6, () => 0);
    original.data.fill(1, 36, 72);
    const { data } = resizedTriangle(original, { widthPx: 2, heightPx: 2 });
    expect([...data]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0]);
  });
});
