import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { Rng } from '../core/rng.js';
import type { Estimate } from '../core/score.js';
import { bcaInterval } from '../stats/bca-interval.js';
import { bootstrapMeans } from '../stats/bootstrap-means.js';
import { expandedLevel } from '../stats/expanded-level.js';
import { leaveOneOutMeans } from '../stats/leave-one-out-means.js';
import { mean } from '../stats/mean.js';
import { type Interval, percentileInterval } from '../stats/percentile-interval.js';
import { skewedTInterval } from '../stats/skewed-t-interval.js';
import { studentTQuantile } from '../stats/student-t.js';
import { hasNoSpread, standardErrorOfMean } from '../stats/variance.js';
import { fewClips, intervalLevel, intervalResamples } from './settings.js';

/**
 * Mean over clips with a bootstrap interval; clips are what is resampled. BCa, widened for few clips, and at least as wide as Student's t and
 * as t corrected for skewness: BCa alone covers differences with heavy tails too seldom, t alone skewed values, both together the
 * most skewed ones (measured, docs/statistics.md). Falls back to the percentile interval where BCa is not defined, and to an interval of
 * width 0 where all values are equal, both with a warning.
 */
export function meanEstimate(clipValues: readonly number[], rng: Rng): Outcome<Estimate> {
  if (clipValues.length < 2) return skipped('an interval needs at least 2 clips');
  const value = mean(clipValues);
  const level = intervalLevel;
  if (hasNoSpread(clipValues)) {
    const method = 'bootstrap-percentile' as const;
    const flat = { value, lower: value, upper: value, level, method, standardError: 0 };
    return ok(flat, ['all clips have the same value: the interval has no width']);
  }
  const standardError = standardErrorOfMean(clipValues);
  const warnings = clipValues.length < fewClips ? [fewClipsWarning(clipValues.length)] : [];
  const { method, ...bootstrap } = bootstrapInterval(clipValues, rng);
  const student = studentInterval(value, { standardError, count: clipValues.length });
  const ends = widestOf([bootstrap, student, skewedTInterval(clipValues, level)]);
  const remarks = method === 'bootstrap-bca' ? [] : ['percentile interval: BCa is not defined here'];
  return ok({ value, ...ends, level, method, standardError }, [...warnings, ...remarks]);
}

function widestOf(intervals: readonly Interval[]): Interval {
  return {
    lower: Math.min(...intervals.map(({ lower }) => lower)),
    upper: Math.max(...intervals.map(({ upper }) => upper)),
  };
}

function bootstrapInterval(
  clipValues: readonly number[],
  rng: Rng,
): Interval & { readonly method: 'bootstrap-bca' | 'bootstrap-percentile' } {
  const resampled = bootstrapMeans(clipValues, { resamples: intervalResamples, rng });
  const level = expandedLevel(intervalLevel, clipValues.length);
  const leaveOneOut = leaveOneOutMeans(clipValues);
  const bca = bcaInterval({ value: mean(clipValues), resampled, leaveOneOut, level });
  if (bca.status === 'ok') return { ...bca.value, method: 'bootstrap-bca' };
  return { ...percentileInterval(resampled, level), method: 'bootstrap-percentile' };
}

function studentInterval(
  value: number,
  { standardError, count }: { readonly standardError: number; readonly count: number },
): Interval {
  const halfWidth = studentTQuantile((1 + intervalLevel) / 2, count - 1) * standardError;
  return { lower: value - halfWidth, upper: value + halfWidth };
}

function fewClipsWarning(count: number): string {
  return `${count} clips only: of skewed values the interval covers less often than its nominal 95 %`;
}
