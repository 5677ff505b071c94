import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/core/rng.js';
import { landmarksOfMatrix, landmarksToMatrix } from '../../src/dsp/landmark-matrix.js';
import { findLandmarks, type Landmarks } from '../../src/dsp/landmarks.js';

const hiss = (label: string, samples: number): Landmarks => {
  const rng = seededRng('hiss', label);
  return findLandmarks(Float32Array.from({ length: samples }, () => 0.1 * rng.normal()));
};

describe('landmarksToMatrix', () => {
  it('loses nothing, up to the largest key, frame and length', () => {
    const found = hiss('one', 30_001);
    expect(found.keys.length).toBeGreaterThan(100);
    expect(landmarksOfMatrix(landmarksToMatrix(found))).toEqual([found]);
    const extreme = {
      keys: Int32Array.of(2 ** 22 - 1, 0),
      frames: Int32Array.of(2 ** 16 - 1, 2 ** 16),
      durationSeconds: (2 ** 24 - 1) / 8000,
    };
    expect(landmarksOfMatrix(landmarksToMatrix(extreme))).toEqual([extreme]);
  });

  it('tells sounds apart that stand below each other, and a part of one from its middle on', () => {
    const [a, b] = [hiss('one', 9000), hiss('two', 20_000)];
    const [first, second] = [landmarksToMatrix(a), landmarksToMatrix(b)];
    const data = Float32Array.from([...first.data, ...second.data]);
    expect(landmarksOfMatrix({ rows: first.rows + second.rows, columns: 4, data })).toEqual([a, b]);
    const [rest, ...others] = landmarksOfMatrix({ rows: first.rows - 5, columns: 4, data: first.data.subarray(20) });
    expect(others).toEqual([]);
    expect([...rest!.keys]).toEqual([...a.keys.subarray(5)]);
  });

  it('has no rows without landmarks, and refuses what float32 cannot hold', () => {
    const none = landmarksToMatrix(findLandmarks(new Float32Array(8000)));
    expect(none.rows).toBe(0);
    expect(landmarksOfMatrix(none)).toEqual([]);
    const long = { keys: Int32Array.of(1), frames: Int32Array.of(1), durationSeconds: 2200 };
    expect(() => landmarksToMatrix(long)).toThrow(RangeError);
  });
});
