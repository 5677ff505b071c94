import { type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import type { Estimate } from '../core/score.js';
import { normalQuantile } from '../stats/normal.js';

/** The smallest true difference that would have shown with 80 % power at the two-sided 5 % level: (z.975 + z.80) * SE. */
export function smallestDetectableDifference(estimate: Outcome<Estimate>): Outcome<number> {
  if (estimate.status !== 'ok') return skipped(reasonOf(estimate));
  const { standardError } = estimate.value;
  if (!(standardError > 0)) return skipped('the values have no spread to judge a difference by');
  return ok((normalQuantile(0.975) + normalQuantile(0.8)) * standardError);
}
