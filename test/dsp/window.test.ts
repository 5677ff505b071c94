import { describe, expect, it } from 'vitest';
import { periodicHann, symmetricHann } from '../../src/dsp/window.js';

describe('periodicHann', () => {
  it('starts at 0, peaks at the middle and sums to half its length', () => {
    const window = periodicHann(8);
    expect(window[0]).toBe(0);
    expect(window[4]).toBe(1);
    expect(window.reduce((sum, value) => sum + value, 0)).toBeCloseTo(4, 12);
  });

  it('adds up to a constant at half overlap', () => {
    const window = periodicHann(16);
    for (let n = 0; n < 8; n++) expect((window[n] as number) + (window[n + 8] as number)).toBeCloseTo(1, 14);
  });
});

describe('symmetricHann', () => {
  it('is its own mirror image', () => {
    const window = symmetricHann(9);
    expect(window[0]).toBe(0);
    expect(window[4]).toBe(1);
    for (let n = 0; n < 9; n++) expect(window[n]).toBeCloseTo(window[8 - n] as number, 14);
  });

  it('of one point is 1', () => {
    expect([...symmetricHann(1)]).toEqual([1]);
  });
});
