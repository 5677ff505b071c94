import { describe, expect, it } from 'vitest';
import { findAccents } from '../../../src/baselines/composer/accents.js';
import { profileOf, sparse } from './profiles.js';

const framesOf = (profile: ReturnType<typeof profileOf>): number[] =>
  findAccents(profile).map(({ timeSeconds }) => Math.round(timeSeconds * profile.framesPerSecond));

describe('findAccents', () => {
  it('takes peaks of at least a tenth of the largest, with their share as strength', () => {
    const profile = profileOf(sparse(50, { 10: 0.2, 20: 0.021, 30: 0.019, 40: 0.1 }));
    expect(findAccents(profile)).toEqual([
      { timeSeconds: 0.4, strength: 1, isCut: false },
      { timeSeconds: 0.8, strength: expect.closeTo(0.105, 6), isCut: false },
      { timeSeconds: 1.6, strength: expect.closeTo(0.5, 6), isCut: false },
    ]);
  });

  it('takes the beginning of a flash, which changes the picture twice', () => {
    expect(framesOf(profileOf(sparse(30, { 10: 0.2, 11: 0.2 })))).toEqual([10]);
  });

  it('keeps the stronger of two peaks within a tenth of a second', () => {
    expect(framesOf(profileOf(sparse(40, { 10: 0.1, 12: 0.2, 14: 0.12, 20: 0.1 })))).toEqual([12, 20]);
  });

  it('tells cuts from motion by the colours that change', () => {
    const change = { 10: 0.2, 25: 0.2 };
    const profile = profileOf(sparse(40, change), {
      colourDifference: Float64Array.from(sparse(40, change)),
      histogramChange: Float64Array.from(sparse(40, { 10: 0.8, 25: 0.1 })),
    });
    expect(findAccents(profile).map(({ isCut }) => isCut)).toEqual([true, false]);
  });

  it('sees a cut between equally bright shots', () => {
    const profile = profileOf(sparse(40, { 10: 0.2 }), {
      colourDifference: Float64Array.from(sparse(40, { 30: 0.3 })),
      histogramChange: Float64Array.from(sparse(40, { 30: 0.9 })),
    });
    expect(findAccents(profile).at(-1)).toEqual({ timeSeconds: 1.2, strength: 0.5, isCut: true });
  });

  it('does not take steady change for cuts', () => {
    const busy = Array.from({ length: 60 }, (_, frame) => 0.2 + 0.05 * (frame % 2));
    const profile = profileOf(busy, {
      colourDifference: Float64Array.from(busy),
      histogramChange: new Float64Array(60).fill(0.6),
    });
    expect(findAccents(profile).some(({ isCut }) => isCut)).toBe(false);
  });

  it.each([
    ['no frame', []],
    ['one frame', [0]],
    ['a still picture', sparse(30, {})],
    ['coding noise', sparse(30, { 5: 0.001, 10: 0.0015 })],
  ])('finds none in %s', (_, difference) => {
    expect(findAccents(profileOf(difference))).toEqual([]);
  });
});
