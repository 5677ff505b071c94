import { type Outcome, ok } from '../../core/outcome.js';
import { type BeatPair, scoreBeats } from './beat-times.js';
import { countMatches } from './match-events.js';

export interface FMeasure {
  readonly fMeasure: number;
  readonly precision: number;
  readonly recall: number;
}

/**
 * Share of beats found: a matching of reference and estimated beats within 70 ms, each used once, as the harmonic mean of
 * precision and recall (Dixon 2007, Journal of New Music Research 36:39; `mir_eval.beat.f_measure` 0.8.2). No estimated beats give
 * 0. mir_eval's evaluation drops beats before 5 s first (`trimBeats`). Not defined without reference beats.
 */
export function beatFMeasure(
  pair: BeatPair,
  { windowSeconds = 0.07 }: { readonly windowSeconds?: number } = {},
): Outcome<FMeasure> {
  return scoreBeats(pair, { leastReference: 1, score: (usable) => ok(fMeasureOf(usable, windowSeconds)) });
}

/** The same for onsets, within 50 ms and without dropping any (`mir_eval.onset.f_measure`; MIREX). */
export function onsetFMeasure(
  pair: BeatPair,
  { windowSeconds = 0.05 }: { readonly windowSeconds?: number } = {},
): Outcome<FMeasure> {
  return beatFMeasure(pair, { windowSeconds });
}

function fMeasureOf(pair: BeatPair, windowSeconds: number): FMeasure {
  const matches = countMatches(pair, windowSeconds);
  if (matches === 0) return { fMeasure: 0, precision: 0, recall: 0 };
  const precision = matches / pair.estimated.length;
  const recall = matches / pair.reference.length;
  return { fMeasure: (2 * precision * recall) / (precision + recall), precision, recall };
}
