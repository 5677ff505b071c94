import { type Outcome, ok } from '../../core/outcome.js';
import { mean } from '../../stats/mean.js';
import { variance } from '../../stats/variance.js';
import { type BeatPair, scoreBeats } from './beat-times.js';

/** An error, as a share of half an interval, above this is a wrong beat. */
const largestError = 0.35;
/** Mean size and standard deviation of the errors in the longest right stretch. */
const largestMean = 0.2;
const largestDeviation = 0.2;
/** The stretch must be longer than this share of the beats. */
const leastShare = 0.25;

/**
 * Goto's score, 1 or 0: whether the longest stretch of right beats covers a quarter of the piece with small and even errors
 * (Goto and Muraoka 1997; `mir_eval.beat.goto` 0.8.2, including its edges: with every inner beat right, the last two are left out
 * of the stretch). No estimated beats give 0; not defined for fewer than 3 reference beats, which have no inner beat.
 */
export function gotoScore(pair: BeatPair): Outcome<0 | 1> {
  return scoreBeats(pair, { leastReference: 3, score: (usable) => ok(hasLongTrack(usable) ? 1 : 0) });
}

function hasLongTrack({ reference, estimated }: BeatPair): boolean {
  if (estimated.length === 0) return false;
  const errors = reference.map((_, index) => errorAt({ reference, estimated }, index));
  const wrong = [...errors.keys()].filter((index) => Math.abs(errors[index]!) > largestError);
  const track = longestTrack(errors, wrong);
  if (track === undefined || track.length < 2) return false;
  return mean(track.map(Math.abs)) < largestMean && Math.sqrt(variance(track)) < largestDeviation;
}

/** Undefined where the longest stretch between two wrong beats is too short. */
function longestTrack(errors: readonly number[], wrong: readonly number[]): readonly number[] | undefined {
  // The first and the last beat always count as wrong.
  if (wrong.length < 3) return errors.slice(wrong[0]! + 1, Math.max(0, wrong.at(-1)! - 1));
  const lengths = wrong.slice(1).map((index, place) => index - wrong[place]!);
  const longest = Math.max(...lengths);
  if (!(longest - 1 > leastShare * (errors.length - 2))) return undefined;
  const start = lengths.indexOf(longest);
  return errors.slice(wrong[start]!, wrong[start + 1]! + 1);
}

/** Offset of the only estimate between the middles of the neighbouring intervals, in halves of an interval; 1 for none or several. */
function errorAt({ reference, estimated }: BeatPair, index: number): number {
  const [before, beat, after] = [reference[index - 1], reference[index]!, reference[index + 1]];
  if (before === undefined || after === undefined) return 1;
  const [left, right] = [0.5 * (beat - before), 0.5 * (after - beat)];
  const inside = estimated.filter((time) => time >= beat - left && time < beat + right);
  if (inside.length !== 1) return 1;
  const offset = inside[0]! - beat;
  return offset < 0 ? offset / left : offset / right;
}
