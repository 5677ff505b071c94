import { describe, expect, it } from 'vitest';
import {
  mergedOrder,
  rasterOrder,
  relativePositions,
  reorder,
  shiftMask,
  windowOrder,
} from '../../../src/models/architectures/swin-windows.js';

const grid = { side: 4, window: 2 };

describe('windowOrder', () => {
  it('goes window after window', () => {
    expect(windowOrder({ ...grid, shift: 0 })).toEqual([0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
  });

  it('moves windows around the edges', () => {
    expect(windowOrder({ ...grid, shift: 1 }).slice(0, 8)).toEqual([5, 6, 9, 10, 7, 4, 11, 8]);
  });
});

describe('reorder', () => {
  it('brings tokens from any order to any other', () => {
    const from = windowOrder({ side: 16, window: 8, shift: 0 });
    const to = windowOrder({ side: 16, window: 8, shift: 4 });
    const tokens = [...from];
    expect(reorder(from, to).map((place) => tokens[place])).toEqual([...to]);
    expect(reorder(from, rasterOrder(16)).map((place) => tokens[place])).toEqual([...rasterOrder(16)]);
  });
});

describe('mergedOrder', () => {
  it('takes the left neighbours before the right ones', () => {
    expect(mergedOrder(rasterOrder(2), 4).slice(0, 8)).toEqual([0, 4, 1, 5, 2, 6, 3, 7]);
  });
});

describe('shiftMask', () => {
  it('parts what was not together before the move', () => {
    const mask = shiftMask({ ...grid, shift: 1 });
    const ofWindow = (window: number): number[] => [...mask.subarray(window * 16, window * 16 + 16)];
    expect(new Set(ofWindow(0))).toEqual(new Set([0]));
    // The second window holds the last column and, moved around the edge, the first.
    expect(ofWindow(1)).toEqual([0, -100, 0, -100, -100, 0, -100, 0, 0, -100, 0, -100, -100, 0, -100, 0]);
    expect(ofWindow(3).filter((value) => value === 0)).toHaveLength(4);
  });

  it('is the same for query and key', () => {
    const mask = shiftMask({ side: 16, window: 8, shift: 4 });
    for (let window = 0; window < 4; window++)
      for (let a = 0; a < 64; a++)
        for (let b = 0; b < a; b++) expect(mask[window * 4096 + a * 64 + b]).toBe(mask[window * 4096 + b * 64 + a]);
  });
});

describe('relativePositions', () => {
  it('numbers every pair of rows and columns between two tokens', () => {
    const positions = relativePositions(8);
    expect(new Set(positions).size).toBe(15 * 15);
    // A token and itself: the middle of the table.
    expect(positions[0]).toBe(7 * 15 + 7);
    expect(positions[63]).toBe(0);
  });
});
