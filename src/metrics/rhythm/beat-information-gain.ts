import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { type BeatPair, scoreBeats } from './beat-times.js';
import { nearestIndex } from './nearest-beat.js';

const binCount = 41;

/**
 * How far the timing errors are from evenly spread: 1 less the entropy of their histogram in 41 bins over that of an even
 * one, errors in intervals; the smaller of both directions (Davies, Degara and Plumbley 2011; `mir_eval.beat.information_gain` 0.8.2,
 * including its edge: an estimate before the first reference beat is measured against the whole length). Fewer than 2
 * estimated beats give 0. Not defined for fewer than 2 reference beats and for neighbouring beats at the same time.
 */
export function informationGain(pair: BeatPair): Outcome<number> {
  return scoreBeats(pair, {
    leastReference: 2,
    score({ reference, estimated }) {
      if (estimated.length < 2) return ok(0);
      const forwards = errorEntropy({ reference, estimated });
      const backwards = errorEntropy({ reference: estimated, estimated: reference });
      if (forwards === undefined || backwards === undefined) {
        return skipped('beats at the same time have no interval to measure errors in');
      }
      return ok(1 - Math.max(forwards, backwards) / Math.log2(binCount));
    },
  });
}

/** Entropy in bits; undefined where an interval of length 0 is needed. */
function errorEntropy({ reference, estimated }: BeatPair): number | undefined {
  const counts = new Float64Array(binCount);
  for (const beat of estimated) {
    const nearest = nearestIndex(reference, beat);
    const error = beat - reference[nearest]!;
    const interval = intervalFor(reference, { nearest, isEarly: error < 0 });
    if (interval === 0) return undefined;
    counts[binOf(wrapped(error / interval))]!++;
  }
  let entropy = 0;
  for (const count of counts) {
    const share = count / estimated.length;
    if (share > 0) entropy -= share * Math.log2(share);
  }
  return entropy;
}

function intervalFor(
  reference: readonly number[],
  { nearest, isEarly }: { readonly nearest: number; readonly isEarly: boolean },
): number {
  const last = reference.length - 1;
  if (nearest === last) return reference[last]! - reference[last - 1]!;
  // Before the first beat the original wraps round to the last one.
  if (isEarly) return reference[nearest]! - reference.at(nearest - 1)!;
  return reference[nearest + 1]! - reference[nearest]!;
}

/** Into (-1/2, 1/2]. */
function wrapped(error: number): number {
  const shifted = error + 0.5;
  return shifted - Math.ceil(shifted) + 0.5;
}

/** Bins are closed below, the last one above as well. */
function binOf(error: number): number {
  const edge = (bin: number): number => bin / binCount - 0.5;
  let bin = Math.min(binCount - 1, Math.max(0, Math.floor((error + 0.5) * binCount)));
  if (bin > 0 && error < edge(bin)) bin--;
  if (bin < binCount - 1 && error >= edge(bin + 1)) bin++;
  return bin;
}
