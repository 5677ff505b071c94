import type { FeatureMatrix } from '../../../src/core/features.js';
import type { Outcome } from '../../../src/core/outcome.js';

/** Onsets, beats or cuts as their encoders give them. */
export function events(times: readonly number[], durationSeconds = 20): FeatureMatrix {
  return { rows: times.length, columns: 2, data: Float32Array.from(times.flatMap((time) => [time, durationSeconds])) };
}

/** As annotations have them: times only. */
export function annotated(times: readonly number[]): FeatureMatrix {
  return { rows: times.length, columns: 1, data: Float32Array.from(times) };
}

export function valueIn(outcome: Outcome<number>): number {
  if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

export function every(periodSeconds: number, endSeconds: number, firstSeconds = 0): number[] {
  const count = Math.ceil((endSeconds - firstSeconds) / periodSeconds);
  return Array.from({ length: count }, (_, index) => firstSeconds + index * periodSeconds);
}
