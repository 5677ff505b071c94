import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../../src/core/features.js';
import { motionToOnset } from '../../../src/metrics/video/motion-to-onset.js';
import { events, every, valueIn } from './times.js';

/** Ten frames a second, so that one frame to either side counts. */
function motion(values: readonly number[], rate = 10): FeatureMatrix {
  const data = Float32Array.from(values.flatMap((value, frame) => [frame / rate, value]));
  return { rows: values.length, columns: 2, data };
}

const pulses = (places: readonly number[], frames = 100): number[] =>
  Array.from({ length: frames }, (_, frame) => (places.includes(frame) ? 5 : 0));

describe('motion-to-onset', () => {
  it('is the rank of the motion at onsets among all frames', () => {
    // Rising motion; the strongest within one frame of frame f is f + 1, the last two are equal.
    const rising = motion([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(valueIn(motionToOnset.compare(events([0], 1), rising))).toBeCloseTo(0.05, 6);
    expect(valueIn(motionToOnset.compare(events([0.4], 1), rising))).toBeCloseTo(0.45, 6);
    expect(valueIn(motionToOnset.compare(events([0.9], 1), rising))).toBeCloseTo(0.9, 6);
    expect(valueIn(motionToOnset.compare(events([0, 0.4], 1), rising))).toBeCloseTo(0.25, 6);
  });

  it('is near 1 for onsets at the pulses of the picture, and low beside them', () => {
    const picture = motion(pulses([20, 50, 80]));
    // Nine frames are within reach of a pulse: 91 below, half of 9 equal.
    expect(valueIn(motionToOnset.compare(events([2, 5, 8], 10), picture))).toBeCloseTo(0.955, 6);
    expect(valueIn(motionToOnset.compare(events([3, 6, 9], 10), picture))).toBeCloseTo(0.455, 6);
  });

  it('is one half for onsets at every frame, however dense', () => {
    const picture = motion(Array.from({ length: 100 }, (_, frame) => (frame * 37) % 101));
    expect(valueIn(motionToOnset.compare(events(every(0.1, 9.95), 10), picture))).toBeCloseTo(0.5, 6);
  });

  it('gives less once the music is rotated', () => {
    const [music, picture] = [events([2, 5, 8], 10), motion(pulses([20, 50, 80]))];
    expect(valueIn(motionToOnset.compare(motionToOnset.rotate!(music, 0.15), picture))).toBeLessThan(0.5);
  });

  it('counts only the time that both have', () => {
    const picture = motion(pulses([20, 80]));
    const short = valueIn(motionToOnset.compare(events([2], 5), picture));
    // Three of 50 frames are within reach.
    expect(short).toBeCloseTo((47 + 1.5) / 50, 6);
    expect(motionToOnset.compare(events([12], 15), picture)).toMatchObject({ status: 'skipped' });
  });

  it('is skipped without onsets and for a picture that moves the same all the time', () => {
    expect(motionToOnset.compare(events([]), motion(pulses([5])))).toMatchObject({
      reason: 'there are no onsets of the music',
    });
    expect(motionToOnset.compare(events([1]), motion(pulses([])))).toEqual({
      status: 'skipped',
      reason: 'the picture moves the same all the time',
    });
    expect(motionToOnset.compare(events([1]), motion([0, Number.NaN, 1, 2])).status).toBe('failed');
  });
});
