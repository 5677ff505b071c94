import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Rng } from '../core/rng.js';
import type { Estimate } from '../core/score.js';
import { bcaInterval } from '../stats/bca-interval.js';
import { bootstrapMeans } from '../stats/bootstrap-means.js';
import { expandedLevel } from '../stats/expanded-level.js';
import { leaveOneOutMeans } from '../stats/leave-one-out-means.js';
import { mean } from '../stats/mean.js';
import { percentileInterval } from '../stats/percentile-interval.js';
import { hasNoSpread, standardErrorOfMean } from '../stats/variance.js';
import { fewClips, intervalLevel, intervalResamples } from './settings.js';

/**
 * Mean over clips with a BCa bootstrap interval, widened for few clips as Student's t is; clips are what is resampled. Falls back to the percentile interval
 * where BCa is not defined, and to an interval of width 0 where all values are equal, both with a warning.
 */
export function meanEstimate(clipValues: readonly number[], rng: Rng): Outcome<Estimate> {
  if (clipValues.length < 2) return skipped('an interval needs at least 2 clips');
  const value = mean(clipValues);
  const level = intervalLevel;
  if (hasNoSpread(clipValues)) {
    const flat = {
      value,
      lower: value,
      upper: value,
      level,
      method: 'bootstrap-percentile',
      standardError: 0,
    } as const;
    return ok(flat, ['all clips have the same value: the interval has no width']);
  }
  const standardError = standardErrorOfMean(clipValues);
  const warnings = clipValues.length < fewClips ? [fewClipsWarning(clipValues.length)] : [];
  const resampled = bootstrapMeans(clipValues, { resamples: intervalResamples, rng });
  const readAt = expandedLevel(level, clipValues.length);
  const bca = bcaInterval({ value, resampled, leaveOneOut: leaveOneOutMeans(clipValues), level: readAt });
  if (bca.status === 'ok') return ok({ value, ...bca.value, level, method: 'bootstrap-bca', standardError }, warnings);
  const percentile = { ...percentileInterval(resampled, readAt), level, method: 'bootstrap-percentile' } as const;
  return ok({ value, ...percentile, standardError }, [...warnings, 'percentile interval: BCa is not defined here']);
}

function fewClipsWarning(count: number): string {
  return `${count} clips only: the interval covers less often than its nominal 95 %`;
}
