import { describe, expect, it } from 'vitest';
import { colourArousal, colourMeans, colourPleasure } from '../../src/pictures/colour-pleasure.js';

const means = (...pixels: readonly (readonly [number, number, number])[]) =>
  colourMeans({ widthPx: pixels.length, heightPx: 1, rgb: Uint8Array.from(pixels.flat()) });

describe('colour means', () => {
  it('are 0 for black, bright and grey for white, saturated for a pure colour', () => {
    expect(means([0, 0, 0])).toEqual({ brightness: 0, saturation: 0 });
    expect(means([255, 255, 255]).brightness).toBeCloseTo(1, 12);
    expect(means([255, 255, 255]).saturation).toBe(0);
    expect(means([255, 0, 0])).toEqual({ brightness: 0.2126, saturation: 1 });
  });

  it('are means over the picture', () => {
    expect(means([255, 0, 0], [0, 0, 0])).toEqual({ brightness: 0.1063, saturation: 0.5 });
  });
});

describe('pleasure and arousal of colours', () => {
  it('follow the coefficients of Valdez and Mehrabian', () => {
    expect(colourPleasure({ brightness: 0.5, saturation: 0.2 })).toBeCloseTo(0.389, 12);
    expect(colourArousal({ brightness: 0.5, saturation: 0.2 })).toBeCloseTo(-0.035, 12);
  });
});
