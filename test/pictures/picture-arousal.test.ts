import { describe, expect, it } from 'vitest';
import { pictureArousal } from '../../src/pictures/picture-arousal.js';

const still = [0, 0, 0, 0, 0, 0];

describe('pictureArousal', () => {
  it('is 0 throughout where nothing varies', () => {
    expect([...pictureArousal({ motion: still, colour: [1, 1, 1, 1, 1, 1], cuts: [] })]).toEqual(still);
  });

  it('is a third of the standard score of log motion where only motion varies', () => {
    const motion = [0, 0, 0, Math.E - 1, Math.E - 1, Math.E - 1];
    const arousal = pictureArousal({ motion, colour: still, cuts: [] });
    for (const [frame, value] of arousal.entries()) expect(value).toBeCloseTo(frame < 3 ? -1 / 3 : 1 / 3, 12);
  });

  it('is higher in shorter shots', () => {
    // Shots of 4, 1 and 1 frames: a pace of 1/4 and of 1.
    const arousal = pictureArousal({ motion: still, colour: still, cuts: [4, 5] });
    expect(arousal[3]).toBeCloseTo(-Math.SQRT1_2 / 3, 12);
    expect(arousal[4]).toBeCloseTo(Math.SQRT2 / 3, 12);
  });

  it('takes the difference across a cut for no motion', () => {
    const calm = pictureArousal({ motion: [1, 1, 1, 90, 1, 1], colour: still, cuts: [3] });
    const same = pictureArousal({ motion: [1, 1, 1, 1, 1, 1], colour: still, cuts: [3] });
    expect(calm).toEqual(same);
  });
});
