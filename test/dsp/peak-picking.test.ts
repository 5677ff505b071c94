import { describe, expect, it } from 'vitest';
import { type PeakPicking, pickPeaks } from '../../src/dsp/peak-picking.js';

const plain: PeakPicking = { preMax: 1, postMax: 2, preAverage: 1, postAverage: 2, delta: 0, wait: 0 };
const pick = (curve: readonly number[], change: Partial<PeakPicking> = {}): number[] =>
  pickPeaks(Float64Array.from(curve), { ...plain, ...change });

describe('pickPeaks', () => {
  it('finds local maxima, also at both ends', () => {
    expect(pick([3, 1, 2, 1, 0, 5])).toEqual([0, 2, 5]);
  });

  it('looks back preMax frames and ahead postMax - 1', () => {
    expect(pick([0, 4, 0, 3, 0], { preMax: 2 })).toEqual([1]);
    expect(pick([0, 3, 0, 4, 0], { postMax: 2 })).toEqual([1, 3]);
    expect(pick([0, 3, 0, 4, 0], { postMax: 3 })).toEqual([3]);
    expect(pick([0, 3, 4, 0], { postMax: 1 })).toEqual([1, 2]);
  });

  it('asks for delta above the mean of the surroundings', () => {
    expect(pick([0, 3, 0], { delta: 2 })).toEqual([1]);
    expect(pick([0, 3, 0], { delta: 2.01 })).toEqual([]);
    expect(pick([0, 0, 3, 0], { delta: 2.2, preAverage: 2 })).toEqual([2]);
  });

  it('passes over the frames after a peak', () => {
    expect(pick([0, 2, 0, 2, 0, 2], { wait: 1, delta: 0.5 })).toEqual([1, 3, 5]);
    expect(pick([0, 2, 0, 2, 0, 2], { wait: 2, delta: 0.5 })).toEqual([1, 5]);
  });

  it('of nothing is nothing', () => {
    expect(pick([])).toEqual([]);
  });
});
