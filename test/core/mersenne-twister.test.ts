import { describe, expect, it } from 'vitest';
import { mersenneTwister } from '../../src/core/mersenne-twister.js';

describe('mersenneTwister', () => {
  it('draws what numpy.random.RandomState(2020) draws', () => {
    expect(Array.from({ length: 3 }, mersenneTwister(2020).uint32)).toEqual([4236026720, 639299976, 3751189827]);
    expect(mersenneTwister(2020).uniform()).toBe(0.9862768288615988);
    expect(mersenneTwister(2020).permutation(10)).toEqual([2, 4, 9, 1, 5, 7, 6, 3, 8, 0]);
    expect(mersenneTwister(2020).permutation(1106).slice(0, 6)).toEqual([301, 556, 135, 428, 660, 221]);
  });

  it('goes on between samples, each a whole permutation', () => {
    const twister = mersenneTwister(2020);
    expect(twister.sample(1106, 5)).toEqual([301, 556, 135, 428, 660]);
    expect(twister.sample(1106, 5)).toEqual([428, 305, 805, 1015, 751]);
  });

  it('takes a seed modulo 2^32', () => {
    expect(mersenneTwister(2 ** 32 + 7).uint32()).toBe(mersenneTwister(7).uint32());
  });

  it('keeps integers below their bound and reaches each', () => {
    const twister = mersenneTwister(1);
    const drawn = new Set(Array.from({ length: 400 }, () => twister.integer(7)));
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(twister.integer(1)).toBe(0);
    expect(twister.integer(2 ** 32)).toBeLessThan(2 ** 32);
  });

  it('permutes nothing and one', () => {
    expect(mersenneTwister(3).permutation(0)).toEqual([]);
    expect(mersenneTwister(3).permutation(1)).toEqual([0]);
  });
});
