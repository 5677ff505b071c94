import type { Estimate } from '../core/score.js';
import { jackknifeT } from '../stats/jackknife.js';
import { type Interval, percentileInterval } from '../stats/percentile-interval.js';
import { proportionInterval } from '../stats/proportion-interval.js';
import { hasNoSpread } from '../stats/variance.js';
import { rangeBounds } from './range-bounds.js';
import { setStandardError } from './set-standard-error.js';
import type { SetValues } from './set-values.js';
import { intervalLevel } from './settings.js';

/**
 * Interval of a set metric: jackknife-t over clips. For a share of clips (precision, recall, coverage) it is joined with Wilson's interval:
 * near 0 and 1 all clips can agree, and a jackknife without spread has no width. Where the metric was resampled (a median), the percentile
 * bootstrap. Ends outside of the metric's range are cut, with a warning. How often all this covers: docs/statistics.md.
 */
export function setInterval(
  values: SetValues,
  { range }: { readonly range: string },
): { readonly estimate: Estimate; readonly warnings: readonly string[] } {
  const { value, replicates } = values;
  const level = intervalLevel;
  const { standardError } = setStandardError(values);
  const { method, ...interval } = plainInterval(values, range);
  const { warnings, ...ends } = cutToRange(interval, range);
  const flat = method !== 'jackknife-wilson' && hasNoSpread(replicates) ? [flatWarning(method)] : [];
  return { estimate: { value, ...ends, level, method, standardError }, warnings: [...warnings, ...flat] };
}

function plainInterval(
  { value, replicates, method, clipCount }: SetValues,
  range: string,
): Interval & { readonly method: SetValues['method'] | 'jackknife-wilson' } {
  if (method === 'bootstrap-percentile') return { ...percentileInterval(replicates, intervalLevel), method };
  const jackknife = jackknifeT({ value, leaveOneOut: replicates, level: intervalLevel });
  const share = isShare(range) ? shareInterval(value, clipCount) : undefined;
  return share === undefined
    ? { lower: jackknife.lower, upper: jackknife.upper, method }
    : { ...joined(jackknife, share), method: 'jackknife-wilson' };
}

function flatWarning(method: SetValues['method']): string {
  return method === 'bootstrap-percentile'
    ? 'all resamples give the same value: the interval has no width'
    : 'leaving out any one clip gives the same value: the interval has no width';
}

function isShare(range: string): boolean {
  const { lowest, highest } = rangeBounds(range);
  return lowest === 0 && highest === 1;
}

/** Wilson's interval, where the value is a whole number of clips out of all. */
function shareInterval(value: number, clipCount: number): Interval | undefined {
  const count = Math.round(value * clipCount);
  if (Math.abs(value * clipCount - count) > 1e-9 * clipCount) return undefined;
  const interval = proportionInterval(count, { trials: clipCount, alpha: 1 - intervalLevel, method: 'wilson' });
  return interval.status === 'ok' ? interval.value : undefined;
}

function joined(a: Interval, b: Interval): Interval {
  return { lower: Math.min(a.lower, b.lower), upper: Math.max(a.upper, b.upper) };
}

/** A symmetric interval knows nothing of a metric's range: ends outside of it are moved to its border, and said so. */
function cutToRange({ lower, upper }: Interval, range: string): Interval & { readonly warnings: readonly string[] } {
  const { lowest = Number.NEGATIVE_INFINITY, highest = Number.POSITIVE_INFINITY } = rangeBounds(range);
  const warnings = [
    ...(lower < lowest ? [`the interval is cut at ${lowest}, the lowest possible value`] : []),
    ...(upper > highest ? [`the interval is cut at ${highest}, the highest possible value`] : []),
  ];
  return { lower: Math.max(lower, lowest), upper: Math.min(upper, highest), warnings };
}
