import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { createLandmarkIndex } from '../../src/dsp/landmark-match.js';
import { findLandmarks, type Landmarks, landmarkRateHz } from '../../src/dsp/landmarks.js';
import { chords } from '../helpers/chords.js';

function withNoise(samples: Float32Array, level: number): Float32Array {
  const rng = seededRng('noise');
  return samples.map((sample) => 0.3 * sample + level * rng.normal());
}

const names = ['one', 'two', 'three', 'four'];
const sounds = new Map(names.map((name) => [name, chords(name, 30)]));
const index = createLandmarkIndex(new Map([...sounds].map(([name, sound]) => [name, findLandmarks(sound)])));
const found = (samples: Float32Array): ReturnType<typeof index.search> => index.search(findLandmarks(samples));

describe('landmarks', () => {
  it('finds a sound itself, whole and at no shift, and no other', () => {
    for (const [name, sound] of sounds) {
      const [only, ...others] = found(sound);
      expect(others).toEqual([]);
      expect(only).toMatchObject({ id: name, match: { share: 1, offsetSeconds: 0 } });
    }
  });

  it('finds a passage wherever it was cut, quieter and in noise', () => {
    const whole = sounds.get('two')!;
    for (const [start, seconds] of [
      [3.7, 8],
      [17.123, 6],
      [0, 5],
    ] as const) {
      const first = Math.round(start * landmarkRateHz);
      const passage = withNoise(whole.subarray(first, first + seconds * landmarkRateHz), 0.002);
      const [only, ...others] = found(passage);
      expect(others).toEqual([]);
      expect(only?.id).toBe('two');
      // Half a frame of 32 ms, and one for the frame that a shift falls into.
      expect(Math.abs(only!.match.offsetSeconds - start)).toBeLessThanOrEqual(0.048);
    }
  });

  it('finds nothing in silence, in noise, in new music and in what is too short', () => {
    const rng = seededRng('hiss');
    const hiss = Float32Array.from({ length: 10 * landmarkRateHz }, () => 0.1 * rng.normal());
    for (const sound of [new Float32Array(80_000), hiss, chords('five', 30), new Float32Array(10)])
      expect(found(sound)).toEqual([]);
  });

  it('does not change with gain, and is empty for silence', () => {
    const sound = chords('six', 5);
    const quiet = sound.map((sample) => sample / 8);
    const keys = ({ keys: k }: Landmarks): readonly number[] => [...k];
    expect(keys(findLandmarks(quiet))).toEqual(keys(findLandmarks(sound)));
    expect(findLandmarks(new Float32Array(16_000)).keys).toHaveLength(0);
  });
});
