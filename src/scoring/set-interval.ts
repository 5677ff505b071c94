import type { Estimate } from '../core/score.js';
import { jackknifeT } from '../stats/jackknife.js';
import type { Interval } from '../stats/percentile-interval.js';
import { proportionInterval } from '../stats/proportion-interval.js';
import { hasNoSpread } from '../stats/variance.js';
import { rangeBounds } from './range-bounds.js';
import type { SetValues } from './set-values.js';
import { intervalLevel } from './settings.js';

/**
 * Interval of a set metric: jackknife-t over clips. For a share of clips (precision, recall, coverage) it is joined with Wilson's interval:
 * near 0 and 1 all clips can agree, and a jackknife without spread has no width. Ends outside of the metric's range are cut, with a
 * warning. How often all this covers: docs/statistics.md.
 */
export function setInterval(
  values: SetValues,
  { range, clipCount }: { readonly range: string; readonly clipCount: number },
): { readonly estimate: Estimate; readonly warnings: readonly string[] } {
  const { value, leaveOneOut } = values;
  const level = intervalLevel;
  const { standardError, ...jackknife } = jackknifeT({ value, leaveOneOut, level });
  const share = isShare(range) ? shareInterval(value, clipCount) : undefined;
  const { warnings, ...ends } = cutToRange(share === undefined ? jackknife : joined(jackknife, share), range);
  const method = share === undefined ? values.method : 'jackknife-wilson';
  const flat =
    share === undefined && hasNoSpread(leaveOneOut)
      ? ['leaving out any one clip gives the same value: the interval has no width']
      : [];
  return { estimate: { value, ...ends, level, method, standardError }, warnings: [...warnings, ...flat] };
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
