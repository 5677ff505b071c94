import { type Outcome, ok } from '../core/outcome.js';
import { logGamma } from './log-gamma.js';
import { tieGroupSizes } from './mean-ranks.js';
import { normalCdf } from './normal.js';
import { undefinedCorrelation } from './pearson.js';

export interface KendallTau {
  /** Corrected for ties on both sides (Kendall 1945, Biometrika 33:239). */
  readonly tauB: number;
  /** For tables that are not square (Stuart 1953). */
  readonly tauC: number;
  /** Somers' D of y given x: pairs tied on x do not count (Somers 1962). */
  readonly somersD: number;
  /** Two-sided: exact where there are no ties and at most 33 pairs of values, else `pValueNormal`. */
  readonly pValue: number;
  readonly isExact: boolean;
  readonly pValueNormal: number;
}

/**
 * Kendall's rank correlation (1938, Biometrika 30:81; the values of `scipy.stats.kendalltau` and `somersd`): the share of
 * pairs ordered alike less the share ordered otherwise. Not defined for fewer than 2 pairs or a constant side.
 */
export function kendallTau(x: readonly number[], y: readonly number[]): Outcome<KendallTau> {
  const undefinedHere = undefinedCorrelation(x, y);
  if (undefinedHere !== undefined) return undefinedHere;
  const count = x.length;
  const score = concordance(x, y);
  const [tiesX, tiesY] = [tieGroupSizes(x), tieGroupSizes(y)];
  const pairs = pairCount(count);
  const [pairsX, pairsY] = [pairs - tiedPairs(tiesX), pairs - tiedPairs(tiesY)];
  const fewest = Math.min(tiesX.length, tiesY.length);
  const pValueNormal = Math.min(1, 2 * normalCdf(-Math.abs(score) / Math.sqrt(scoreVariance(count, [tiesX, tiesY]))));
  const isUntied = tiesX.length === count && tiesY.length === count;
  const fewerPairs = (pairs - Math.abs(score)) / 2;
  const isExact = isUntied && (count <= 33 || fewerPairs <= 1);
  return ok({
    // Through both roots, so that perfect order is exactly 1.
    tauB: Math.max(-1, Math.min(1, score / Math.sqrt(pairsX) / Math.sqrt(pairsY))),
    tauC: (2 * score) / (count * count * ((fewest - 1) / fewest)),
    somersD: score / pairsX,
    isExact,
    pValue: isExact ? exactPValue(count, fewerPairs) : pValueNormal,
    pValueNormal,
  });
}

/** Pairs ordered alike less pairs ordered otherwise. */
function concordance(x: readonly number[], y: readonly number[]): number {
  let score = 0;
  for (let later = 1; later < x.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      score += Math.sign(x[later]! - x[earlier]!) * Math.sign(y[later]! - y[earlier]!);
    }
  }
  return score;
}

function pairCount(count: number): number {
  return (count * (count - 1)) / 2;
}

function tiedPairs(ties: readonly number[]): number {
  return ties.reduce((sum, size) => sum + pairCount(size), 0);
}

/** Variance of the score under independence, with ties (Kendall 1970, Rank Correlation Methods, ch. 4.9). */
function scoreVariance(count: number, [tiesX, tiesY]: readonly [readonly number[], readonly number[]]): number {
  const sum = (ties: readonly number[], term: (size: number) => number): number =>
    ties.reduce((total, size) => total + term(size), 0);
  const cubic = (size: number): number => size * (size - 1) * (2 * size + 5);
  const triple = (size: number): number => size * (size - 1) * (size - 2);
  const ordered = count * (count - 1);
  const main = (cubic(count) - sum(tiesX, cubic) - sum(tiesY, cubic)) / 18;
  const both = (2 * tiedPairs(tiesX) * tiedPairs(tiesY)) / ordered;
  const triples = count < 3 ? 0 : (sum(tiesX, triple) * sum(tiesY, triple)) / (9 * ordered * (count - 2));
  return main + both + triples;
}

/** Share of all orders with at most so many inverted pairs, twice (Kendall 1938). */
function exactPValue(count: number, inversions: number): number {
  // For long lists only 0 or 1 inversions come here: 1 order and n - 1 orders.
  if (count > 33) return Math.min(1, 2 * Math.exp(-logGamma(count + 1)) * (inversions === 0 ? 1 : count));
  let law = Float64Array.of(1);
  for (let length = 2; length <= count; length++) {
    const next = new Float64Array(pairCount(length) + 1);
    for (let added = 0; added < length; added++) {
      law.forEach((share, place) => {
        next[place + added]! += share / length;
      });
    }
    law = next;
  }
  return Math.min(1, 2 * law.subarray(0, inversions + 1).reduce((sum, share) => sum + share, 0));
}
