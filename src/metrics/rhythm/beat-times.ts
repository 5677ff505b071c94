import { type Failed, failed, type Outcome, ok, skipped } from '../../core/outcome.js';

/** Beats or onsets of one piece, in seconds, ascending. */
export interface BeatPair {
  readonly reference: readonly number[];
  readonly estimated: readonly number[];
}

/** mir_eval's evaluation leaves out what comes before, since listeners need so long to find the beat. */
export const usualFirstBeatSeconds = 5;

/** Both without the beats before `fromSeconds`. */
export function trimBeats({ reference, estimated }: BeatPair, fromSeconds: number): BeatPair {
  const kept = (beats: readonly number[]): number[] => beats.filter((beat) => !(beat < fromSeconds));
  return { reference: kept(reference), estimated: kept(estimated) };
}

/**
 * Scores a pair of beat lists that can be scored: failed for times that are not finite or not in order, skipped for fewer
 * than `leastReference` reference beats, with a warning for beats at the same time. mir_eval gives 0 where this skips.
 */
export function scoreBeats<T>(
  pair: BeatPair,
  { leastReference, score }: { readonly leastReference: number; readonly score: (pair: BeatPair) => Outcome<T> },
): Outcome<T> {
  const refusal = unusable(pair.reference, 'reference') ?? unusable(pair.estimated, 'estimated');
  if (refusal !== undefined) return refusal;
  const count = pair.reference.length;
  if (count === 0) return skipped('there are no reference beats');
  if (count < leastReference) return skipped(`needs at least ${leastReference} reference beats, got ${count}`);
  const outcome = score(pair);
  if (outcome.status !== 'ok') return outcome;
  return ok(outcome.value, [...(outcome.warnings ?? []), ...repetitions(pair)]);
}

function unusable(beats: readonly number[], name: string): Failed | undefined {
  for (const [index, beat] of beats.entries()) {
    if (!Number.isFinite(beat)) return failed('not-finite', `${name} beat ${index} is not a finite number: ${beat}`);
    const before = beats[index - 1];
    if (before !== undefined && beat < before) {
      return failed('not-ascending', `${name} beats must be in order: beat ${index} at ${beat} s follows ${before} s`);
    }
  }
  return undefined;
}

function repetitions({ reference, estimated }: BeatPair): string[] {
  const named = [['reference', reference] as const, ['estimated', estimated] as const];
  return named.flatMap(([name, beats]) => {
    const repeated = beats.length - new Set(beats).size;
    return repeated === 0 ? [] : [`${repeated} of ${beats.length} ${name} beats repeat the one before`];
  });
}
