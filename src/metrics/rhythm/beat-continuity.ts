import { type Outcome, ok } from '../../core/outcome.js';
import { type BeatPair, scoreBeats } from './beat-times.js';
import { metricalVariations } from './metrical-variations.js';
import { nearestIndex } from './nearest-beat.js';

export interface BeatContinuity {
  /** Correct metrical level: the longest run of right beats, and all of them, as shares of the longer list. */
  readonly cmlContinuous: number;
  readonly cmlTotal: number;
  /** Any metrical level: the best over `metricalVariations`. */
  readonly amlContinuous: number;
  readonly amlTotal: number;
}

export interface ContinuityOptions {
  /** Shares of the reference interval by which a beat and an interval may be off. */
  readonly phaseTolerance?: number;
  readonly periodTolerance?: number;
}

/**
 * CMLc, CMLt, AMLc and AMLt: a beat is right when it and the interval before it are within 17.5 % of an interval of the
 * nearest reference beat, which no earlier beat has used (Hainsworth 2004; Klapuri, Eronen and Astola 2006; Davies et al.
 * 2009; `mir_eval.beat.continuity` 0.8.2). Lenient: beats 80 ms late at 120 bpm are all right. Fewer than 2 estimated beats
 * give 0; fewer than 2 reference beats have no interval, and nothing is defined.
 */
export function beatContinuity(pair: BeatPair, options: ContinuityOptions = {}): Outcome<BeatContinuity> {
  return scoreBeats(pair, { leastReference: 2, score: (usable) => ok(continuityOf(usable, options)) });
}

function continuityOf({ reference, estimated }: BeatPair, options: ContinuityOptions): BeatContinuity {
  if (estimated.length < 2) return { cmlContinuous: 0, cmlTotal: 0, amlContinuous: 0, amlTotal: 0 };
  const levels = metricalVariations(reference).map((beats) => levelScores({ reference: beats, estimated }, options));
  return {
    cmlContinuous: levels[0]!.continuous,
    cmlTotal: levels[0]!.total,
    amlContinuous: Math.max(...levels.map(({ continuous }) => continuous)),
    amlTotal: Math.max(...levels.map(({ total }) => total)),
  };
}

function levelScores(pair: BeatPair, options: ContinuityOptions): { continuous: number; total: number } {
  const right = rightBeats(pair, options);
  let [run, longest, total] = [0, 0, 0];
  for (const isRight of right) {
    run = isRight ? run + 1 : 0;
    longest = Math.max(longest, run);
    total += isRight ? 1 : 0;
  }
  const beats = Math.max(pair.reference.length, pair.estimated.length);
  return { continuous: longest / beats, total: total / beats };
}

/** Which estimated beats are right. */
function rightBeats({ reference, estimated }: BeatPair, options: ContinuityOptions): boolean[] {
  const { phaseTolerance = 0.175, periodTolerance = 0.175 } = options;
  const used = new Set<number>();
  return estimated.map((beat, index) => {
    const nearest = nearestIndex(reference, beat);
    if (used.has(nearest)) return false;
    // The first beat of either list has no interval before it, so the one after it counts.
    const looksAhead = index === 0 || nearest === 0;
    const expected = intervalAt(reference, nearest, looksAhead);
    const interval = intervalAt(estimated, index, looksAhead);
    if (!(expected > 0)) return false;
    const phase = Math.abs(beat - reference[nearest]!) / expected;
    const isRight = phase < phaseTolerance && Math.abs(1 - interval / expected) < periodTolerance;
    if (isRight) used.add(nearest);
    return isRight;
  });
}

/** The interval before a beat, or after it where there is one and it is asked for; 0 for a list of one beat. */
function intervalAt(beats: readonly number[], index: number, looksAhead: boolean): number {
  const end = looksAhead && index + 1 < beats.length ? index + 1 : index;
  return end === 0 ? 0 : beats[end]! - beats[end - 1]!;
}
