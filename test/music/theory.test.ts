import { describe, expect, it } from 'vitest';
import {
  chordOfDegree,
  modeOfValence,
  nearestOctave,
  pitchOfDegree,
  progressionFor,
  voicedNear,
} from '../../src/music/theory.js';

const cMajor = { tonic: 60, mode: 'ionian' } as const;

describe('modeOfValence', () => {
  it('darkens as valence falls', () => {
    expect([1, 0.3, 0, -0.3, -0.6, -1].map(modeOfValence)).toEqual([
      'lydian',
      'ionian',
      'mixolydian',
      'dorian',
      'aeolian',
      'phrygian',
    ]);
  });
});

describe('pitchOfDegree', () => {
  it('counts through octaves in both directions', () => {
    expect([0, 2, 7, 9, -1, -7].map((degree) => pitchOfDegree(cMajor, degree))).toEqual([60, 64, 72, 76, 59, 48]);
  });

  it('refuses fractions', () => {
    expect(() => pitchOfDegree(cMajor, 0.5)).toThrow(/whole number/);
  });
});

describe('chords', () => {
  it('stacks thirds: C major, A minor, G seventh', () => {
    expect(chordOfDegree(cMajor, 0)).toEqual([60, 64, 67]);
    expect(chordOfDegree(cMajor, -2)).toEqual([57, 60, 64]);
    expect(chordOfDegree(cMajor, 4, 4)).toEqual([67, 71, 74, 77]);
  });

  it('voices within half an octave of the centre and keeps the pitch classes', () => {
    const voiced = voicedNear([67, 71, 74], 60);
    expect(voiced.every((pitch) => Math.abs(pitch - 60) <= 6)).toBe(true);
    expect(voiced.map((pitch) => pitch % 12).sort((a, b) => a - b)).toEqual([2, 7, 11]);
    expect(nearestOctave(31, 60)).toBe(55);
  });

  it('takes major progressions for modes with a major third, and any whole number as a pick', () => {
    expect(progressionFor('lydian', 0)).toEqual([0, 4, 5, 3]);
    expect(progressionFor('phrygian', -3)).toEqual([0, 3, 5, 4]);
  });
});
