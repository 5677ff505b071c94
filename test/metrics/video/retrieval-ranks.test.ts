import { describe, expect, it } from 'vitest';
import { medianRank, recallAt, retrievalPlaces } from '../../../src/metrics/video/retrieval-ranks.js';

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
