import { describe, expect, it } from 'vitest';
import { createCutFinder } from '../../src/pictures/cut-finder.js';

const framesPerSecond = 12;

/** Plain grey pictures of these values. */
function cutsOf(greys: readonly number[], rate = framesPerSecond): readonly number[] {
  const finder = createCutFinder({ framesPerSecond: rate });
  for (const grey of greys) finder.push({ widthPx: 8, heightPx: 8, rgb: new Uint8Array(192).fill(grey) });
  return finder.finish();
}

const held = (grey: number, frames: number): number[] => new Array<number>(frames).fill(grey);
/** Straight from one value to another; the ends are not in it. */
const fade = (from: number, to: number, frames: number): number[] =>
  Array.from({ length: frames }, (_, frame) => Math.round(from + ((to - from) * (frame + 1)) / (frames + 1)));

describe('createCutFinder', () => {
  it('finds the first picture of each shot, also near both ends', () => {
    expect(cutsOf([...held(20, 3), ...held(120, 12), ...held(240, 10), ...held(60, 2)])).toEqual([3, 15, 25]);
  });

  it('finds none in one shot, a slow or a quick fade, or a fade through black', () => {
    expect(cutsOf(held(90, 40))).toEqual([]);
    for (const frames of [2, 3, 4, 8, 24, 60])
      expect(cutsOf([...held(20, 12), ...fade(20, 230, frames), ...held(230, 12)]), `${frames}`).toEqual([]);
    const throughBlack = [...held(200, 12), ...fade(200, 0, 8), ...held(0, 2), ...fade(0, 120, 8), ...held(120, 12)];
    expect(cutsOf(throughBlack)).toEqual([]);
  });

  it('takes a flash for none, whether it goes at once or dies away, and finds a cut in spite of one', () => {
    expect(cutsOf([...held(40, 20), 230, ...held(40, 20)])).toEqual([]);
    expect(cutsOf([...held(40, 20), 230, 180, 120, 70, ...held(40, 20)])).toEqual([]);
    expect(cutsOf([...held(20, 20), ...held(120, 3), 250, ...held(120, 20)])).toEqual([20]);
  });

  it('takes a return within half a second for a flash, and a longer one for two cuts', () => {
    expect(cutsOf([...held(40, 20), ...held(200, 4), ...held(40, 20)])).toEqual([]);
    expect(cutsOf([...held(40, 20), ...held(200, 6), ...held(40, 20)])).toEqual([20, 26]);
  });

  it('takes a cut with one mixed picture in it for one', () => {
    expect(cutsOf([...held(20, 12), 130, ...held(240, 12)])).toEqual([12]);
  });

  it('needs nine levels of grey', () => {
    // 8/224 is below 0.04, 9/224 above.
    expect(cutsOf([...held(100, 10), ...held(108, 10)])).toEqual([]);
    expect(cutsOf([...held(100, 10), ...held(109, 10)])).toEqual([10]);
  });

  it('finds the same moments at any rate', () => {
    for (const rate of [6, 25, 60]) {
      const greys = [...held(20, 2 * rate), ...held(140, rate), ...held(230, 2 * rate)];
      expect(cutsOf(greys, rate)).toEqual([2 * rate, 3 * rate]);
    }
  });
});
