import { failed, mapOutcome, type Outcome, skipped } from '../core/outcome.js';
import { signTest } from './sign-test.js';

/**
 * Two-sided p-value of McNemar's exact test: of the pairs in which exactly one of two systems succeeds, is it each equally
 * often? The binomial test on those pairs (McNemar 1947, Psychometrika 12:153; the values of statsmodels' `mcnemar`).
 */
export function mcnemarExact(counts: { readonly onlyFirst: number; readonly onlySecond: number }): Outcome<number> {
  const { onlyFirst, onlySecond } = counts;
  if (![onlyFirst, onlySecond].every((count) => Number.isInteger(count) && count >= 0)) {
    return failed('bad-counts', `expected whole numbers from 0, got ${onlyFirst} and ${onlySecond}`);
  }
  if (onlyFirst + onlySecond === 0) return skipped('no pair has different results: there is nothing to test');
  return mapOutcome(signTest(onlyFirst, { decisions: onlyFirst + onlySecond }), ({ twoSided }) => twoSided);
}
