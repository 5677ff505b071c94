import { expect, it } from 'vitest';
import { paddedWithZeros } from '../../src/dsp/zero-padding.js';

it('paddedWithZeros fills up behind, and hands longer sound back itself', () => {
  expect([...paddedWithZeros(Float32Array.of(1, 2), 4)]).toEqual([1, 2, 0, 0]);
  const long = Float32Array.of(1, 2, 3);
  expect(paddedWithZeros(long, 3)).toBe(long);
});
