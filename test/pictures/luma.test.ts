import { describe, expect, it } from 'vitest';
import { meanAbsoluteDifference, writeLuma } from '../../src/pictures/luma.js';

describe('writeLuma', () => {
  it('rounds Rec. 601 luma to 8 bits', () => {
    const luma = new Uint8Array(4);
    const rgb = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
    writeLuma({ widthPx: 4, heightPx: 1, rgb }, luma);
    expect([...luma]).toEqual([76, 150, 29, 255]);
  });
});

describe('meanAbsoluteDifference', () => {
  it('is the mean over the pixels, whichever is brighter', () => {
    expect(meanAbsoluteDifference(Uint8Array.of(0, 10, 255), Uint8Array.of(4, 8, 255))).toBe(2);
  });
});
