import { type Outcome, ok, skipped } from '../core/outcome.js';
import { unusablePairs } from './sample-check.js';

export type KappaWeights = 'unweighted' | 'linear' | 'quadratic';

/**
 * Cohen's kappa: agreement of two raters beyond what their shares of categories would give by chance (Cohen 1960; weighted by
 * the distance of categories in their order, Cohen 1968; the values of scikit-learn's `cohen_kappa_score`). Not defined without
 * ratings and where both always choose the same one category.
 */
export function cohenKappa(
  first: readonly number[],
  { second, weights = 'unweighted' }: { readonly second: readonly number[]; readonly weights?: KappaWeights },
): Outcome<number> {
  const refusal = unusablePairs(first, second);
  if (refusal !== undefined) return refusal;
  if (first.length === 0) return skipped('there are no ratings');
  const categories = [...new Set([...first, ...second])].sort((a, b) => a - b);
  const places = (ratings: readonly number[]): number[] => ratings.map((rating) => categories.indexOf(rating));
  const [a, b] = [places(first), places(second)];
  const weight = (x: number, y: number): number => {
    if (weights === 'unweighted') return x === y ? 0 : 1;
    return weights === 'linear' ? Math.abs(x - y) : (x - y) ** 2;
  };
  const observed = a.reduce((sum, place, index) => sum + weight(place, b[index]!), 0);
  let expected = 0;
  for (const x of a) for (const y of b) expected += weight(x, y);
  if (expected === 0)
    return skipped('both raters always choose one category: agreement by chance would be perfect too');
  return ok(1 - (observed * a.length) / expected);
}
