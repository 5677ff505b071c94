import { type Outcome, ok, skipped } from '../core/outcome.js';

/**
 * Share of the pairs (i, j), i before j, in which the later value is worse; equal values count half. It is (tau + 1) / 2 of Kendall's tau-a
 * against the order of the levels (Kendall 1938, Biometrika 30:81). `values` are from undamaged to the worst level.
 */
export function monotonicity(values: readonly number[], worse: 'higher' | 'lower'): Outcome<number> {
  if (values.length < 2) return skipped('an order needs at least two levels');
  let [points, pairs] = [0, 0];
  for (const [first, earlier] of values.entries()) {
    for (const later of values.slice(first + 1)) {
      const change = worse === 'higher' ? later - earlier : earlier - later;
      points += change > 0 ? 1 : change === 0 ? 0.5 : 0;
      pairs += 1;
    }
  }
  return ok(points / pairs);
}
