import { describe, expect, it } from 'vitest';
import type { FeatureMatrix } from '../../src/core/features.js';
import { eventTimes, rotateEvents } from '../../src/metrics/event-times.js';

const matrix = (columns: number, ...data: number[]): FeatureMatrix => ({
  rows: data.length / columns,
  columns,
  data: Float32Array.from(data),
});

describe('eventTimes', () => {
  it('reads times with and without the length of what they are in', () => {
    expect(eventTimes(matrix(2, 1, 8, 2.5, 8), 'beats')).toEqual({
      status: 'ok',
      value: { timesSeconds: [1, 2.5], durationSeconds: 8 },
    });
    expect(eventTimes(matrix(1, 1, 2.5), 'beats')).toMatchObject({
      value: { durationSeconds: Number.POSITIVE_INFINITY },
    });
  });

  it('skips no events and refuses disorder, other columns and values that are not finite', () => {
    expect(eventTimes(matrix(2), 'beats')).toEqual({ status: 'skipped', reason: 'there are no beats' });
    expect(eventTimes(matrix(1, 2, 1), 'beats')).toMatchObject({ error: { code: 'time-not-ascending' } });
    expect(eventTimes(matrix(1, 2, Number.NaN), 'beats')).toMatchObject({ error: { code: 'not-finite' } });
    expect(eventTimes(matrix(3, 1, 2, 3), 'beats')).toMatchObject({ error: { code: 'dimensions-differ' } });
  });
});

describe('rotateEvents', () => {
  it('moves events on, and those that leave at the end to the start', () => {
    expect([...rotateEvents(matrix(2, 1, 10, 4, 10, 9, 10), 0.25).data]).toEqual([1.5, 10, 3.5, 10, 6.5, 10]);
    expect(rotateEvents(matrix(2), 0.25).rows).toBe(0);
  });
});
