import { type Outcome, ok } from '../../core/outcome.js';
import { roundHalfToEven } from '../../dsp/round-half-even.js';
import { quantile } from '../../stats/quantile.js';
import { type BeatPair, scoreBeats } from './beat-times.js';

/** Beats are counted in steps of 10 ms. */
const stepsPerSecond = 100;

/**
 * McKinney's P-score: pairs of a reference and an estimated beat at most a fifth of the median reference interval apart, over
 * the longer list, in steps of 10 ms (McKinney, Moelants, Davies and Klapuri 2007; `mir_eval.beat.p_score` 0.8.2). A beat can
 * be in several pairs. Fewer than 2 estimated beats give 0; not defined for fewer than 2 reference beats.
 */
export function pScore(pair: BeatPair, { windowShare = 0.2 }: { readonly windowShare?: number } = {}): Outcome<number> {
  return scoreBeats(pair, { leastReference: 2, score: (usable) => ok(scoreOf(usable, windowShare)) });
}

function scoreOf({ reference, estimated }: BeatPair, windowShare: number): number {
  if (estimated.length < 2) return 0;
  const start = Math.min(reference[0]!, estimated[0]!);
  const placesOf = (beats: readonly number[]): number[] => [
    ...new Set(beats.map((beat) => Math.ceil((beat - start) * stepsPerSecond))),
  ];
  const [expected, found] = [placesOf(reference), placesOf(estimated)];
  const intervals = expected.slice(1).map((place, index) => place - expected[index]!);
  const window = intervals.length === 0 ? 0 : roundHalfToEven(windowShare * quantile(intervals, 0.5));
  let pairs = 0;
  for (const place of expected) pairs += found.filter((other) => Math.abs(other - place) <= window).length;
  return pairs / Math.max(reference.length, estimated.length);
}
