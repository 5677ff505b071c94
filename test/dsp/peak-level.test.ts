import { describe, expect, it } from 'vitest';
import { dividedByMaximum, scaledToPeak } from '../../src/dsp/peak-level.js';
import { expectAllClose } from '../helpers/all-close.js';

describe('scaledToPeak', () => {
  it('brings the largest magnitude to the level, one gain for all channels', () => {
    const [left, right] = scaledToPeak([Float32Array.of(0.1, -0.5), Float32Array.of(0.25, 0)], -1);
    const gain = 10 ** (-1 / 20) / 0.5;
    expectAllClose(left!, [0.1 * gain, -0.5 * gain], { atol: 1e-7 });
    expectAllClose(right!, [0.25 * gain, 0], { atol: 1e-7 });
  });

  it('keeps silence', () => {
    expect([...scaledToPeak([new Float32Array(2)], -1)[0]!]).toEqual([0, 0]);
    expect(scaledToPeak([new Float32Array(0)], -1)[0]).toHaveLength(0);
  });
});

describe('dividedByMaximum', () => {
  it('goes by the largest sample and not by the largest magnitude', () => {
    expect([...dividedByMaximum([Float32Array.of(0.25, -1)], 0.1)[0]!]).toEqual([1, -4]);
  });

  it('divides by no less than the floor, also where no sample is above 0', () => {
    expect([...dividedByMaximum([Float32Array.of(0.25, -1)], 0.5)[0]!]).toEqual([0.5, -2]);
    expect([...dividedByMaximum([Float32Array.of(-0.25, -1)], 0.5)[0]!]).toEqual([-0.5, -2]);
    expect([...dividedByMaximum([new Float32Array(1)], 0.5)[0]!]).toEqual([0]);
  });
});
