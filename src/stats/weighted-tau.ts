import { type Outcome, ok } from '../core/outcome.js';
import { undefinedCorrelation } from './pearson.js';

/**
 * Rank correlation in which exchanges near the top weigh more: each pair of values by 1 / (1 + rank) of both, ranks from 0
 * at the largest; the mean over ranks by x and by y (Vigna 2015, "A weighted correlation index for rankings with ties", WWW;
 * the values of `scipy.stats.weightedtau`). Not defined for fewer than 2 pairs or a constant side.
 */
export function weightedTau(x: readonly number[], y: readonly number[]): Outcome<number> {
  const undefinedHere = undefinedCorrelation(x, y);
  if (undefinedHere !== undefined) return undefinedHere;
  const byX = tauWeightedBy(rankWeights(x, y), { x, y });
  const byY = tauWeightedBy(rankWeights(y, x), { x, y });
  return ok((byX + byY) / 2);
}

/** 1 / (1 + rank), ranked by `first` from the largest on, ties by `second`. */
function rankWeights(first: readonly number[], second: readonly number[]): Float64Array {
  const order = [...first.keys()].sort((a, b) => first[b]! - first[a]! || second[b]! - second[a]!);
  const weights = new Float64Array(first.length);
  for (const [rank, index] of order.entries()) weights[index] = 1 / (1 + rank);
  return weights;
}

function tauWeightedBy(
  weights: Float64Array,
  { x, y }: { readonly x: readonly number[]; readonly y: readonly number[] },
): number {
  let [both, onX, onY] = [0, 0, 0];
  for (let later = 1; later < x.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const weight = weights[later]! + weights[earlier]!;
      const [signX, signY] = [Math.sign(x[later]! - x[earlier]!), Math.sign(y[later]! - y[earlier]!)];
      both += weight * signX * signY;
      onX += weight * Math.abs(signX);
      onY += weight * Math.abs(signY);
    }
  }
  return both / Math.sqrt(onX * onY);
}
