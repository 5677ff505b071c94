import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { binomialLowerTail, binomialProbability, binomialUpperTail } from './binomial.js';

export interface SignTest {
  /** For "as many for as against"; the usual one. */
  readonly twoSided: number;
  /** Against "more for than against", and the other way round. */
  readonly greater: number;
  readonly less: number;
  /** Two-sided, with half the probability of the observed count: less conservative (Lancaster 1961, JASA 56:223). */
  readonly midPTwoSided: number;
}

/**
 * Exact p-values for `wins` out of `decisions` (ties left out before) under "each side is equally likely": the binomial
 * test with probability 1/2 (Conover 1999, ch. 3.4; the values of `scipy.stats.binomtest`). Not defined without decisions.
 */
export function signTest(wins: number, { decisions }: { readonly decisions: number }): Outcome<SignTest> {
  if (!Number.isInteger(wins) || !Number.isInteger(decisions) || wins < 0 || wins > decisions) {
    return failed('bad-counts', `expected whole numbers with 0 <= wins <= decisions, got ${wins} of ${decisions}`);
  }
  if (decisions === 0) return skipped('no decisive votes: the sign test is not defined');
  const law = { trials: decisions, probability: 0.5 };
  const greater = binomialUpperTail(wins, law);
  const less = binomialLowerTail(wins, law);
  const smaller = Math.min(greater, less);
  return ok({
    twoSided: Math.min(1, 2 * smaller),
    greater,
    less,
    midPTwoSided: Math.min(1, 2 * smaller - binomialProbability(wins, law)),
  });
}
