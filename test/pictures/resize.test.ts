import { describe, expect, it } from 'vitest';
import { resizedBytes } from '../../src/pictures/bicubic-bytes.js';
import { resizedBilinear } from '../../src/pictures/bilinear-planes.js';
import { clipNormalised, planesOf } from '../../src/pictures/clip-normalise.js';
import { cropped, type Picture } from '../../src/pictures/picture.js';

// Cells of Pillow, torchvision and pytorchvideo are compared in test/verify/encoders.test.ts (imagebind_small, clip_vit_b32).
const picture = (widthPx: number, heightPx: number, value: (x: number, y: number) => number): Picture => ({
  ...{ widthPx, heightPx },
  rgb: Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return value(pixel % widthPx, Math.floor(pixel / widthPx));
  }),
});

describe.each(['pillow', 'torch'] as const)('resizedBytes with weights of %s', (weights) => {
  it('keeps one colour', () => {
    const { rgb } = resizedBytes(
      picture(37, 23, () => 201),
      { widthPx: 11, heightPx: 40, weights },
    );
    expect(rgb).toHaveLength(3 * 11 * 40);
    expect(new Set(rgb)).toEqual(new Set([201]));
  });

  it('copies where the size stays', () => {
    const original = picture(5, 4, (x, y) => 40 * x + 3 * y);
    expect(resizedBytes(original, { widthPx: 5, heightPx: 4, weights })).toEqual(original);
  });

  it('holds what overshoots within a byte', () => {
    const edge = resizedBytes(
      picture(8, 1, (x) => (x < 4 ? 0 : 255)),
      { widthPx: 24, heightPx: 1, weights },
    );
    expect(Math.min(...edge.rgb)).toBe(0);
    expect(Math.max(...edge.rgb)).toBe(255);
  });

  it('averages what it makes smaller', () => {
    const stripes = resizedBytes(
      picture(64, 1, (x) => (x % 2) * 200),
      { widthPx: 4, heightPx: 1, weights },
    );
    for (const value of stripes.rgb) expect(Math.abs(value - 100)).toBeLessThanOrEqual(2);
  });
});

describe('resizedBilinear', () => {
  const planes = (values: readonly number[]) => ({
    widthPx: values.length,
    heightPx: 1,
    data: Float32Array.from([...values, ...values, ...values]),
  });

  it('reads between pixel centres and repeats the edges', () => {
    const { data } = resizedBilinear(planes([0, 4]), { widthPx: 4, heightPx: 1 });
    expect([...data.subarray(0, 4)]).toEqual([0, 1, 3, 4]);
  });

  it('leaves pixels out where it makes smaller', () => {
    const { data } = resizedBilinear(planes([9, 1, 1, 9, 9, 1, 1, 9]), { widthPx: 2, heightPx: 1 });
    expect([...data.subarray(0, 2)]).toEqual([1, 1]);
  });
});

describe('planes', () => {
  it('are the colours apart, from 0 to 1, and normalised by CLIP’s', () => {
    const { data } = planesOf({ widthPx: 1, heightPx: 2, rgb: Uint8Array.of(255, 0, 51, 0, 255, 102) });
    expect([...data].map((value) => Math.round(value * 5) / 5)).toEqual([1, 0, 0, 1, 0.2, 0.4]);
    const normalised = clipNormalised({
      widthPx: 1,
      heightPx: 1,
      data: Float32Array.of(0.48145466, 0.4578275, 0.40821073 + 0.27577711),
    });
    expect([...normalised.data].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([0, 0, 1]);
  });

  it('are cut out', () => {
    const data = Float32Array.from({ length: 3 * 12 }, (_, index) => index);
    const { data: cut } = cropped({ widthPx: 4, heightPx: 3, data }, 2, { leftPx: 1, topPx: 1 });
    expect([...cut]).toEqual([5, 6, 9, 10, 17, 18, 21, 22, 29, 30, 33, 34]);
  });
});
