import { type Outcome, ok, skipped } from '../core/outcome.js';
import { meanRanks, tieGroupSizes } from './mean-ranks.js';
import { normalCdf } from './normal.js';
import { nonFiniteSample } from './sample-check.js';

export interface WilcoxonOptions {
  /**
   * What differences of 0 do: `drop` leaves them out (Wilcoxon 1945), `pratt` ranks them and then leaves their ranks out
   * (Pratt 1959, JASA 54:655), `split` gives half of their ranks to either side.
   */
  readonly zeros?: 'drop' | 'pratt' | 'split';
  /**
   * `exact`: all signs equally likely, with the ranks as they are. `exact-untied`: the same for ranks 1..n, conservatively
   * rounded where ties make it wrong. `normal`: by the normal distribution with Cureton's correction. `auto`, the default,
   * chooses as scipy does: exact up to 50 differences, with ties or zeros up to 13, else normal.
   */
  readonly method?: 'auto' | 'exact' | 'exact-untied' | 'normal';
  /** Half a rank towards the middle; for `normal` only. */
  readonly continuityCorrection?: boolean;
}

export interface WilcoxonTest {
  /** Sums of the ranks of positive and of negative differences. */
  readonly positiveRanks: number;
  readonly negativeRanks: number;
  readonly twoSided: number;
  readonly greater: number;
  readonly less: number;
}

interface RankedDifferences {
  /** Ranks that carry a sign. */
  readonly ranks: readonly number[];
  readonly positiveRanks: number;
  readonly negativeRanks: number;
  /** Mean and variance of the positive ranks' sum when signs are random. */
  readonly mean: number;
  readonly variance: number;
  readonly hasTies: boolean;
  readonly hasZeros: boolean;
  /** How many differences count as ranked: all but dropped zeros. */
  readonly count: number;
}

/**
 * Wilcoxon's signed-rank test of "the differences are symmetric around 0" (Wilcoxon 1945, Biometrics Bulletin 1:80; the
 * values of `scipy.stats.wilcoxon` 1.17). Failed for values that are not finite; not defined without a difference other
 * than 0.
 */
export function wilcoxonSignedRank(
  differences: readonly number[],
  options: WilcoxonOptions = {},
): Outcome<WilcoxonTest> {
  const refusal = nonFiniteSample(differences, 'difference');
  if (refusal !== undefined) return refusal;
  if (differences.every((difference) => difference === 0)) {
    return skipped('no difference is other than 0: the signed-rank test has nothing to rank');
  }
  const ranked = rankDifferences(differences, options.zeros ?? 'drop');
  const { positiveRanks, negativeRanks } = ranked;
  return ok({ positiveRanks, negativeRanks, ...tailsOf(ranked, { ...options, size: differences.length }) });
}

function rankDifferences(differences: readonly number[], zeros: 'drop' | 'pratt' | 'split'): RankedDifferences {
  const kept = zeros === 'drop' ? differences.filter((difference) => difference !== 0) : differences;
  const sizes = kept.map(Math.abs);
  const ranks = meanRanks(sizes);
  const zeroCount = kept.filter((difference) => difference === 0).length;
  const sumOf = (chosen: (difference: number) => boolean): number =>
    kept.reduce((sum, difference, index) => (chosen(difference) ? sum + ranks[index]! : sum), 0);
  const half = zeros === 'split' ? sumOf((difference) => difference === 0) / 2 : 0;
  const ranksLost = zeros === 'pratt' ? zeroCount : 0;
  const ties = tieGroupSizes(zeros === 'pratt' ? sizes.filter((size) => size !== 0) : sizes);
  return {
    ranks: kept.flatMap((difference, index) => (difference === 0 ? [] : [ranks[index]!])),
    positiveRanks: sumOf((difference) => difference > 0) + half,
    negativeRanks: sumOf((difference) => difference < 0) + half,
    mean: (triangle(kept.length) - triangle(ranksLost)) / 2,
    variance: (pyramid(kept.length) - pyramid(ranksLost) - ties.reduce((sum, t) => sum + t ** 3 - t, 0) / 2) / 24,
    hasTies: tieGroupSizes(sizes.filter((size) => size !== 0)).some((group) => group > 1),
    hasZeros: differences.includes(0),
    count: kept.length,
  };
}

function triangle(count: number): number {
  return (count * (count + 1)) / 2;
}

function pyramid(count: number): number {
  return count * (count + 1) * (2 * count + 1);
}

type Tails = Pick<WilcoxonTest, 'twoSided' | 'greater' | 'less'>;

function tailsOf(ranked: RankedDifferences, options: WilcoxonOptions & { readonly size: number }): Tails {
  const { method = 'auto', size, continuityCorrection = false } = options;
  const isExact = size <= (ranked.hasTies || ranked.hasZeros ? 13 : 50);
  const chosen = method === 'auto' ? (isExact ? 'exact' : 'normal') : method;
  if (chosen === 'normal') return normalTails(ranked, continuityCorrection);
  const { positiveRanks, negativeRanks } = ranked;
  if (chosen === 'exact') {
    const shared = (positiveRanks + negativeRanks - ranked.ranks.reduce((sum, rank) => sum + rank, 0)) / 2;
    return exactTails(ranked.ranks, { atLeast: positiveRanks - shared, atMost: positiveRanks - shared });
  }
  const untied = Array.from({ length: ranked.count }, (_, index) => index + 1);
  return exactTails(untied, { atLeast: Math.floor(positiveRanks), atMost: Math.ceil(positiveRanks) });
}

/**
 * Tails of the positive ranks' sum when each rank is positive with probability 1/2. Sums are counted in halves of a rank,
 * since mean ranks are multiples of 1/2.
 */
function exactTails(ranks: readonly number[], sum: { readonly atLeast: number; readonly atMost: number }): Tails {
  const halves = ranks.map((rank) => Math.round(2 * rank));
  const total = halves.reduce((all, rank) => all + rank, 0);
  const law = new Float64Array(total + 1);
  law[0] = 1;
  let reached = 0;
  for (const rank of halves) {
    reached += rank;
    for (let value = reached; value >= 0; value--) {
      law[value] = (law[value]! + (value >= rank ? law[value - rank]! : 0)) / 2;
    }
  }
  const between = (low: number, high: number): number =>
    law.subarray(Math.max(0, low), high + 1).reduce((all, share) => all + share, 0);
  const greater = between(Math.round(2 * sum.atLeast), total);
  const less = between(0, Math.round(2 * sum.atMost));
  return { twoSided: Math.min(1, 2 * Math.min(greater, less)), greater, less };
}

function normalTails({ positiveRanks, mean, variance }: RankedDifferences, continuityCorrection: boolean): Tails {
  const deviation = Math.sqrt(variance);
  const offset = positiveRanks - mean;
  const z = (shift: number): number => (offset - (continuityCorrection ? shift : 0)) / deviation;
  return {
    twoSided: Math.min(1, 2 * normalCdf(-Math.abs(z(Math.sign(offset) / 2)))),
    greater: normalCdf(-z(0.5)),
    less: normalCdf(z(-0.5)),
  };
}
