import { type Outcome, ok, skipped } from '../core/outcome.js';
import { meanRanks, tieGroupSizes } from './mean-ranks.js';
import { normalCdf } from './normal.js';
import { nonFiniteSample } from './sample-check.js';

export interface MannWhitneyTest {
  /** Pairs in which x is larger, ties counting half. */
  readonly u: number;
  /** Two-sided: exact, where there are no ties and the smaller sample has 8 values at most. */
  readonly pValue: number;
  readonly isExact: boolean;
  /** By the normal distribution, with corrections for ties and continuity. */
  readonly pValueNormal: number;
}

/**
 * Mann and Whitney's test of "neither of two independent samples tends to larger values" (1947, Annals of Mathematical
 * Statistics 18:50; the values of `scipy.stats.mannwhitneyu`). Not defined for an empty sample and where all are equal.
 */
export function mannWhitney(x: readonly number[], y: readonly number[]): Outcome<MannWhitneyTest> {
  const refusal = nonFiniteSample(x, 'x') ?? nonFiniteSample(y, 'y');
  if (refusal !== undefined) return refusal;
  if (x.length === 0 || y.length === 0) return skipped('a sample is empty: there are no pairs to compare');
  const pooled = [...x, ...y];
  const ties = tieGroupSizes(pooled);
  if (ties.length === 1) return skipped('all values are equal: there are no ranks to compare');
  const rankSum = meanRanks(pooled)
    .subarray(0, x.length)
    .reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (x.length * (x.length + 1)) / 2;
  const pValueNormal = normalPValue(u, { sizes: [x.length, y.length], ties });
  const isExact = ties.length === pooled.length && Math.min(x.length, y.length) <= 8;
  return ok({ u, isExact, pValue: isExact ? exactPValue(u, [x.length, y.length]) : pValueNormal, pValueNormal });
}

function normalPValue(
  u: number,
  { sizes: [m, n], ties }: { readonly sizes: readonly [number, number]; readonly ties: readonly number[] },
): number {
  const total = m + n;
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0) / (total * (total - 1));
  const deviation = Math.sqrt(((m * n) / 12) * (total + 1 - tied));
  const larger = Math.max(u, m * n - u);
  return Math.min(1, 2 * normalCdf(-(larger - (m * n) / 2 - 0.5) / deviation));
}

/** Twice the smaller tail of U when every split of the ranks is equally likely. */
function exactPValue(u: number, [m, n]: readonly [number, number]): number {
  const counts = splitCounts(m, n);
  const smaller = Math.round(Math.min(u, m * n - u));
  const tail = counts.subarray(0, smaller + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * tail) / counts.reduce((sum, count) => sum + count, 0));
}

/** How many ways to choose m of m + n ranks give each U, by the Gaussian binomial: times (1 - q^(n+i)), divided by (1 - q^i). */
function splitCounts(m: number, n: number): Float64Array {
  const counts = new Float64Array(m * n + 1);
  counts[0] = 1;
  for (let factor = 1; factor <= m; factor++) {
    for (let place = m * n; place >= n + factor; place--) counts[place]! -= counts[place - n - factor]!;
    for (let place = factor; place <= m * n; place++) counts[place]! += counts[place - factor]!;
  }
  return counts;
}
