import { describe, expect, it } from 'vitest';
import { resampleDraws } from '../../src/scoring/resample-draws.js';

describe('resampleDraws', () => {
  it('draws as many clips as there are, with replacement, and the same ones every time', () => {
    const draws = resampleDraws(7);
    expect(draws).toHaveLength(2000);
    expect(draws).toEqual(resampleDraws(7));
    for (const drawn of draws) expect(drawn).toHaveLength(7);
    const counts = new Array<number>(7).fill(0);
    for (const clip of draws.flat()) counts[clip]!++;
    // 2000 expected, standard deviation 41.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
    // With replacement a resample has all 7 clips in 7! / 7^7 = 0.6 % of cases.
    expect(draws.filter((drawn) => new Set(drawn).size === 7).length).toBeLessThan(40);
  });
});
