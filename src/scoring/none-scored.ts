import { type Skipped, skipped } from '../core/outcome.js';
import type { Coverage } from '../core/score.js';

/** Where not a single clip could be scored, the clips' own reasons say more than a count does. */
export function noneScored(coverage: Coverage): Skipped | undefined {
  if (coverage.scored > 0 || coverage.missing.length === 0) return undefined;
  const reasons = [...new Set(coverage.missing.map(({ reason }) => reason))];
  const more = reasons.length > 3 ? `; and ${reasons.length - 3} more` : '';
  return skipped(`no clip could be scored: ${reasons.slice(0, 3).join('; ')}${more}`);
}
