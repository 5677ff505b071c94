import { expect, it } from 'vitest';
import { roundToHalf } from '../../src/metrics/half-precision.js';

it.each([
  [1, 1],
  [2049, 2048],
  [2051, 2052],
  [0.1, 0.0999755859375],
  [-0.1, -0.0999755859375],
  [65_519, 65_504],
  [65_520, Number.POSITIVE_INFINITY],
  [2 ** -24, 2 ** -24],
  [2 ** -25, 0],
  [1.5 * 2 ** -24, 2 ** -23],
  [0, 0],
])('roundToHalf takes %f to %f', (value, half) => {
  expect(roundToHalf(value)).toBe(half);
});
