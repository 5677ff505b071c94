import type { RunManifest } from '../core/record.js';
import type { Leaderboard } from './leaderboard-types.js';

/** Whether and why a run cannot stand in a ranking. `running` is no reason: the report is written before the run is closed. */
export function partialOf(manifest: RunManifest): Leaderboard['partial'] {
  const reasons = [...manifest.partialReasons];
  const { clipIds, suite } = manifest.spec;
  if (reasons.length === 0 && clipIds.length < suite.clipCount) {
    reasons.push(`limited to ${clipIds.length} of the suite's ${suite.clipCount} clips`);
  }
  if (reasons.length === 0 && manifest.status === 'incomplete') reasons.push('the run is incomplete');
  return { isPartial: reasons.length > 0, reasons };
}
