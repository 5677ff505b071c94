import { describe, expect, it } from 'vitest';
import {
  cutToBeat,
  cutToBeatAnnotated,
  cutToBeatFMeasure,
  cutToOnset,
} from '../../../src/metrics/video/cut-to-beat.js';
import { annotated, events, every, valueIn } from './times.js';

const beats = events(every(0.5, 20, 0.25));

describe('cut-to-beat and cut-to-onset', () => {
  it('are the share of cuts with a beat within 70 ms', () => {
    // 2.25 is a beat, 5.31 is 60 ms off, 7.83 is 80 ms off, 9 lies between two.
    const cuts = events([2.25, 5.31, 7.83, 9]);
    for (const metric of [cutToBeat, cutToOnset]) expect(valueIn(metric.compare(beats, cuts))).toBe(0.5);
    expect(valueIn(cutToBeatAnnotated.compare(beats, annotated([2.25, 5.31, 7.83, 9])))).toBe(0.5);
  });

  it('do not depend on how many beats there are beside those', () => {
    const cuts = events([2.25, 9.25]);
    expect(valueIn(cutToBeat.compare(events([2.25, 9.25]), cuts))).toBe(1);
    expect(valueIn(cutToBeat.compare(beats, cuts))).toBe(1);
  });

  it('give the same when both sides move together, and less when the music is rotated', () => {
    const cuts = [2.25, 5.25, 8.25];
    const later = (times: readonly number[]): number[] => times.map((time) => time + 0.2);
    const moved = cutToBeat.compare(events(later(every(0.5, 19, 0.25))), events(later(cuts)));
    expect(valueIn(moved)).toBe(valueIn(cutToBeat.compare(beats, events(cuts))));
    // 0.3125 of 20 s is 6.25 s: half a beat off.
    expect(valueIn(cutToBeat.compare(cutToBeat.rotate!(beats, 0.3125), events(cuts)))).toBe(0);
  });

  it('meet by chance as often as 140 ms are in the period', () => {
    let sum = 0;
    for (let step = 0; step < 400; step++)
      sum += valueIn(cutToBeat.compare(beats, events([5 + step / 100, 10 + step / 100])));
    expect(sum / 400).toBeCloseTo(0.14 / 0.5, 1);
  });

  it('leave out cuts after the end of the music', () => {
    expect(valueIn(cutToBeat.compare(events([2, 4], 6), events([2, 7], 20)))).toBe(1);
    expect(cutToBeat.compare(events([2, 4], 6), events([7], 20))).toEqual({
      status: 'skipped',
      reason: 'there is no cut before the music ends',
    });
  });

  it('are skipped without cuts and without beats, and fail for what is not finite', () => {
    const none = events([]);
    expect(cutToBeat.compare(beats, none)).toEqual({ status: 'skipped', reason: 'there are no cuts in the video' });
    expect(cutToBeat.compare(none, events([1]))).toEqual({
      status: 'skipped',
      reason: 'there are no beats of the music',
    });
    expect(cutToOnset.compare(none, events([1]))).toMatchObject({ reason: 'there are no onsets of the music' });
    expect(cutToBeat.compare(events([Number.NaN]), events([1])).status).toBe('failed');
  });
});

describe('cut-to-beat-f-measure', () => {
  it('counts beats without a cut and cuts without a beat', () => {
    // One pair of two cuts and four beats: 2 / 6.
    expect(valueIn(cutToBeatFMeasure.compare(events([1, 2, 3, 4]), events([2, 7.5])))).toBeCloseTo(1 / 3, 12);
    expect(valueIn(cutToBeatFMeasure.compare(events([2, 7]), events([2, 7])))).toBe(1);
    expect(valueIn(cutToBeatFMeasure.compare(events([1, 3]), events([2])))).toBe(0);
  });

  it('lets one beat serve one cut', () => {
    // Two cuts within 70 ms of one beat: one pair of two and one.
    expect(valueIn(cutToBeatFMeasure.compare(events([2]), events([1.96, 2.04])))).toBeCloseTo(2 / 3, 12);
  });

  it('is the same with the roles of music and cuts exchanged', () => {
    const [a, b] = [events([1, 2.5, 4, 6]), events([1.05, 3, 4.02])];
    expect(valueIn(cutToBeatFMeasure.compare(a, b))).toBe(valueIn(cutToBeatFMeasure.compare(b, a)));
  });
});
