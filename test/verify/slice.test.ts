import { describe, expect, it } from 'vitest';
import { applySelection, parseSelection } from '../../src/verify/slice.js';

/** 2 x 3 x 4, each cell its own number: 100 * i + 10 * j + k. */
const tensor = {
  dims: [2, 3, 4],
  data: Float32Array.from({ length: 24 }, (_, n) => 100 * Math.floor(n / 12) + 10 * (Math.floor(n / 4) % 3) + (n % 4)),
};

const select = (notation: string): { dims: readonly number[]; data: number[] } => {
  const { dims, data } = applySelection(tensor, parseSelection(notation));
  return { dims, data: [...data] };
};

// Expected values are those that NumPy gives for the same indexing.
describe('selections in NumPy notation', () => {
  it.each([
    ['[1,2,3]', [], [123]],
    ['[0]', [3, 4], [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]],
    ['[0,::2]', [2, 4], [0, 1, 2, 3, 20, 21, 22, 23]],
    ['[1,:,1::2]', [3, 2], [101, 103, 111, 113, 121, 123]],
    ['[-1,-1,-2:]', [2], [122, 123]],
    ['[...,0]', [2, 3], [0, 10, 20, 100, 110, 120]],
    ['[0,...]', [3, 4], [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23]],
    ['[:1, 1:9, ::3]', [1, 2, 2], [10, 13, 20, 23]],
    ['[0,:2][...,1::2]', [2, 2], [1, 3, 11, 13]],
    ['[0,0:0]', [0, 4], []],
    ['[1,0,::3] (the last of them)', [2], [100, 103]],
  ])('%s', (notation, dims, data) => {
    expect(select(notation)).toEqual({ dims, data });
  });

  it.each(['', '0', '[', '[a]', '[::0]', '[0,]', '[::-1]', '[...,...]', '[0] and more'])('refuses %j', (notation) => {
    expect(() => parseSelection(notation)).toThrow('is not understood');
  });

  it.each(['[2]', '[0,-4]', '[0,0,0,0]', '[...,:,:,:,:]'])('refuses %s on a tensor that is too small', (notation) => {
    expect(() => select(notation)).toThrow(/lies outside|does not fit/);
  });
});
