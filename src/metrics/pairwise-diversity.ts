import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { float64Of, type NumericMatrix } from '../linalg/matrix.js';
import { quantileOfSorted } from '../stats/quantile.js';
import { forPairRows, pairDistances } from './distance-rows.js';
import { unitRows } from './unit-rows.js';

/** How far the samples of one set are from each other, over all pairs of different samples. */
export interface PairwiseDiversity {
  /** 1 - cosine of the angle: 0 (all parallel) to about 1 (unrelated), at most 2. */
  readonly meanCosineDistance: number;
  readonly medianCosineDistance: number;
  readonly meanCosineSimilarity: number;
  readonly meanEuclidean: number;
  /** The same between the rows scaled to length 1. */
  readonly meanEuclideanOfUnitRows: number;
  /** 1 - mean cosine over all pairs, each sample with itself among them: the IntDiv of Benhenda 2017, arXiv:1708.08227. */
  readonly internalDiversity: number;
}

/**
 * Mean distances between the rows of a set. 1 - cosine is half the squared distance of the unit vectors, which is exactly 0 for equal
 * rows. Not defined (skipped) below two rows; refuses, naming the row, values that are not finite and rows of zeros. Holds 8 bytes a pair.
 */
export function pairwiseDiversity(samples: NumericMatrix): Outcome<PairwiseDiversity> {
  const { rows } = samples;
  if (rows < 2) return skipped(`a mean over pairs needs at least 2 samples, got ${rows}`);
  if (samples.columns === 0) return failed('no-columns', 'the samples have no columns');
  const directions = unitRows(samples);
  if (directions.status !== 'ok') return directions;
  const ofUnits = pairDistances(directions.value).sort();
  const sums = { cosine: 0, unit: 0, euclidean: 0 };
  for (const squared of ofUnits) {
    sums.cosine += squared / 2;
    sums.unit += Math.sqrt(squared);
  }
  forPairRows(float64Of(samples), (_, distances) => {
    for (const squared of distances) sums.euclidean += Math.sqrt(squared);
  });
  const meanCosineDistance = sums.cosine / ofUnits.length;
  return ok({
    meanCosineDistance,
    medianCosineDistance: quantileOfSorted(ofUnits, 0.5) / 2,
    meanCosineSimilarity: 1 - meanCosineDistance,
    meanEuclidean: sums.euclidean / ofUnits.length,
    meanEuclideanOfUnitRows: sums.unit / ofUnits.length,
    internalDiversity: (2 * sums.cosine) / (rows * rows),
  });
}
