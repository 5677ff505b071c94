import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { nonFiniteRow } from '../linalg/matrix.js';
import { columnOf } from './time-curve.js';

/** Onsets, beats or cuts of one piece or video. */
export interface EventTimes {
  /** In seconds, ascending; at least one. */
  readonly timesSeconds: readonly number[];
  /** Of the sound or the video that they are in; infinity for annotated times, which do not say. */
  readonly durationSeconds: number;
}

/**
 * Reads events: rows of time in seconds and, with a second column, the length of what they are in. `name` says in messages what they are
 * ("beats of the music"). Skipped without any; failed for times that are not finite or do not ascend.
 */
export function eventTimes(matrix: FeatureMatrix, name: string): Outcome<EventTimes> {
  if (matrix.columns !== 1 && matrix.columns !== 2)
    return failed('dimensions-differ', `the ${name} have ${matrix.columns} columns, not 1 or 2`);
  if (matrix.rows === 0) return skipped(`there are no ${name}`);
  const badRow = nonFiniteRow(matrix);
  if (badRow !== undefined)
    return failed('not-finite', `row ${badRow} of the ${name} holds a value that is not finite`);
  const timesSeconds = [...columnOf(matrix, 0)];
  const disorder = timesSeconds.findIndex((time, row) => row > 0 && time < timesSeconds[row - 1]!);
  if (disorder > 0) return failed('time-not-ascending', `the ${name} do not ascend at row ${disorder}`);
  return ok({ timesSeconds, durationSeconds: matrix.columns === 2 ? matrix.data[1]! : Number.POSITIVE_INFINITY });
}

/** Events moved on by `fraction` of the length of the sound in their second column; what leaves at the end comes in at the start. */
export function rotateEvents(events: FeatureMatrix, fraction: number): FeatureMatrix {
  const duration = events.data[1];
  if (duration === undefined || duration <= 0) return events;
  const times = columnOf(events, 0)
    .map((time) => (time + fraction * duration) % duration)
    .sort();
  return { ...events, data: Float32Array.from([...times].flatMap((time) => [time, duration])) };
}
