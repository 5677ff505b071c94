import { type Outcome, ok } from '../../core/outcome.js';
import { type BeatPair, scoreBeats } from './beat-times.js';
import { metricalVariations } from './metrical-variations.js';
import { nearestIndex } from './nearest-beat.js';

export interface CemgilScore {
  readonly score: number;
  /** The best over `metricalVariations`. */
  readonly bestLevel: number;
}

/**
 * Cemgil's accuracy: how near the closest estimated beat is to each reference beat, under a Gaussian of 40 ms, over the mean
 * length of both lists (Cemgil, Kappen, Desain and Honing 2001; `mir_eval.beat.cemgil` 0.8.2). No estimated beats give 0; not
 * defined without reference beats.
 */
export function cemgilScore(
  pair: BeatPair,
  { sigmaSeconds = 0.04 }: { readonly sigmaSeconds?: number } = {},
): Outcome<CemgilScore> {
  return scoreBeats(pair, {
    leastReference: 1,
    score({ reference, estimated }) {
      if (estimated.length === 0) return ok({ score: 0, bestLevel: 0 });
      const levels = metricalVariations(reference).map((beats) =>
        accuracy({ reference: beats, estimated }, sigmaSeconds),
      );
      return ok({ score: levels[0]!, bestLevel: Math.max(...levels) });
    },
  });
}

function accuracy({ reference, estimated }: BeatPair, sigmaSeconds: number): number {
  const sum = reference.reduce((total, beat) => {
    const distance = beat - estimated[nearestIndex(estimated, beat)]!;
    return total + Math.exp(-(distance * distance) / (2 * sigmaSeconds * sigmaSeconds));
  }, 0);
  return sum / ((reference.length + estimated.length) / 2);
}
