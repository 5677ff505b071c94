import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { findLandmarks } from '../../src/dsp/landmarks.js';
import { type SelfRepetition, selfRepetition } from '../../src/dsp/self-repetition.js';
import { chords } from '../helpers/chords.js';

function repetitionIn(sound: Float32Array): SelfRepetition {
  const found = selfRepetition(findLandmarks(sound));
  if (found === undefined) throw new Error('no landmarks');
  return found;
}

const repeated = (sound: Float32Array, times: number): Float32Array =>
  Float32Array.from({ length: times * sound.length }, (_, n) => sound[n % sound.length]!);

describe('selfRepetition', () => {
  it('comes near to 1 - p / d for a loop of p seconds in d, and finds p', () => {
    // 4.096 s are 128 frames.
    const loop = chords('loop', 5).subarray(0, 4.096 * 8000);
    for (const times of [2, 4, 8]) {
      const { share, shiftSeconds } = repetitionIn(repeated(loop, times));
      expect(share).toBeGreaterThan(0.85 * (1 - 1 / times));
      expect(share).toBeLessThan(1.05 * (1 - 1 / times));
      expect(shiftSeconds).toBeCloseTo(4.096, 6);
    }
  });

  it('finds most of a loop that is no whole number of frames and quieter each time', () => {
    const loop = chords('loop', 5).subarray(0, 33_001);
    const sound = repeated(loop, 4).map((value, n) => value * 0.8 ** Math.floor(n / loop.length));
    const { share, shiftSeconds } = repetitionIn(sound);
    expect(share).toBeGreaterThan(0.5);
    expect(Math.abs(shiftSeconds - 33_001 / 8000)).toBeLessThanOrEqual(0.048);
  });

  it('still tells a loop in noise from music that does not repeat', () => {
    const noisy = (sound: Float32Array): Float32Array => {
      const rng = seededRng('hiss');
      return sound.map((value) => value + 1e-4 * rng.normal());
    };
    const loop = repetitionIn(noisy(repeated(chords('loop', 5), 4))).share;
    expect(loop).toBeGreaterThan(0.1);
    expect(loop).toBeGreaterThan(3 * repetitionIn(noisy(chords('through-composed', 20))).share);
  });

  it('is small for music that does not repeat, and does not change with gain', () => {
    const sound = chords('through-composed', 20);
    expect(repetitionIn(sound).share).toBeLessThan(0.1);
    expect(repetitionIn(sound.map((value) => value / 8))).toEqual(repetitionIn(sound));
  });

  it('is not defined without landmarks', () => {
    expect(selfRepetition(findLandmarks(new Float32Array(16_000)))).toBeUndefined();
  });
});
