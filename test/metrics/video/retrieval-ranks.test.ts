import { describe, expect, it } from 'vitest';
import {
  medianRank,
  recallAt,
  resampledMedianRanks,
  retrievalPlaces,
} from '../../../src/metrics/video/retrieval-ranks.js';

const table = (...rows: number[][]): Float64Array => Float64Array.from(rows.flat());

describe('retrievalPlaces', () => {
  it('counts what is nearer and what is as near', () => {
    const places = retrievalPlaces(table([0.9, 0.1, 0.2], [0.5, 0.5, 0.7], [0.4, 0.4, 0.4]));
    expect(places).toEqual([
      { better: 0, tied: 0 },
      { better: 1, tied: 1 },
      { better: 0, tied: 2 },
    ]);
    // By hand: 1; 0 of 1 at k = 1, half at 2; a third at 1, two thirds at 2.
    expect(recallAt(1, places)).toBeCloseTo((1 + 0 + 1 / 3) / 3, 12);
    expect(recallAt(2, places)).toBeCloseTo((1 + 1 / 2 + 2 / 3) / 3, 12);
    expect(recallAt(3, places)).toBe(1);
    expect(medianRank(places)).toBe(2);
  });

  it('gives a constant embedding chance, at any k', () => {
    const places = retrievalPlaces(new Float64Array(12 * 12).fill(0.3));
    for (const k of [1, 5, 10]) expect(recallAt(k, places)).toBeCloseTo(k / 12, 12);
    expect(medianRank(places)).toBe(6.5);
  });

  it('takes rounding for a tie and a difference of float32 for none', () => {
    expect(retrievalPlaces(table([0.3, 0.3 + 1e-15], [0, 1]))[0]).toEqual({ better: 0, tied: 1 });
    expect(retrievalPlaces(table([0.3, 0.3 + 1e-7], [0, 1]))[0]).toEqual({ better: 1, tied: 0 });
  });

  it('refuses a table that is not square', () => {
    expect(() => retrievalPlaces(new Float64Array(6))).toThrow(RangeError);
  });
});

describe('resampledMedianRanks', () => {
  const similarities = table([0.5, 0.9, 0.1, 0.5], [0.2, 0.8, 0.3, 0.9], [0.7, 0.6, 0.5, 0.4], [0.1, 0.2, 0.3, 0.9]);

  it('of every query once is the median rank, in any order', () => {
    const once = [0, 1, 2, 3];
    const expected = medianRank(retrievalPlaces(similarities));
    expect(resampledMedianRanks(similarities, [once, [3, 1, 0, 2]])).toEqual([expected, expected]);
    const constant = new Float64Array(144).fill(0.3);
    expect(resampledMedianRanks(constant, [[...Array(12).keys()]])).toEqual([6.5]);
  });

  it('counts copies of wrong answers, and none of the right one', () => {
    // By hand: query 0 has target 1 before its own and target 3 beside it; query 1 has target 3 before its own, query 3 none.
    expect(resampledMedianRanks(similarities, [[0, 1, 1, 3]])).toEqual([2]);
    expect(resampledMedianRanks(similarities, [[0, 0, 0, 1]])).toEqual([2]);
    expect(resampledMedianRanks(similarities, [[2, 2, 2, 2]])).toEqual([1]);
    expect(resampledMedianRanks(similarities, [[0, 1, 1]])).toEqual([1]);
    // Ranks 1, 2, 2 and three times 1 + 2 + 0.5.
    expect(resampledMedianRanks(similarities, [[0, 0, 1, 1, 3, 0]])).toEqual([2.75]);
  });
});
