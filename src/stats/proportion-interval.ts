import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { betaQuantile } from './beta-quantile.js';
import { normalQuantile } from './normal.js';
import type { Interval } from './percentile-interval.js';

interface Proportion {
  readonly count: number;
  readonly trials: number;
  readonly alpha: number;
}

/** Whatever a formula gives beyond 0 or 1 is cut. */
function cut(lower: number, upper: number): Interval {
  return { lower: Math.max(0, lower), upper: Math.min(1, upper) };
}

/** Inverts the score test; the one to use (Wilson 1927, JASA 22:209). */
function wilson({ count, trials, alpha }: Proportion): Interval {
  const z = normalQuantile(1 - alpha / 2);
  const share = count / trials;
  const centre = share + (z * z) / (2 * trials);
  const halfWidth = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    lower: count === 0 ? 0 : (centre - halfWidth) / scale,
    upper: count === trials ? 1 : (centre + halfWidth) / scale,
  };
}

/** Inverts the exact test: never covers less than stated, hence wide (Clopper & Pearson 1934, Biometrika 26:404). */
function clopperPearson({ count, trials, alpha }: Proportion): Interval {
  const misses = trials - count;
  return {
    lower: count === 0 ? 0 : betaQuantile(alpha / 2, { a: count, b: misses + 1 }),
    upper: misses === 0 ? 1 : 1 - betaQuantile(alpha / 2, { a: misses, b: count + 1 }),
  };
}

/** Quantiles of the posterior under Jeffreys' prior (Brown, Cai & DasGupta 2001, Statistical Science 16:101). */
function jeffreys({ count, trials, alpha }: Proportion): Interval {
  const [a, b] = [count + 0.5, trials - count + 0.5];
  return { lower: betaQuantile(alpha / 2, { a, b }), upper: 1 - betaQuantile(alpha / 2, { a: b, b: a }) };
}

/** The normal interval after adding z² / 2 hits and as many misses (Agresti & Coull 1998, The American Statistician 52:119). */
function agrestiCoull({ count, trials, alpha }: Proportion): Interval {
  const z = normalQuantile(1 - alpha / 2);
  const total = trials + z * z;
  const share = (count + (z * z) / 2) / total;
  const halfWidth = z * Math.sqrt((share * (1 - share)) / total);
  return cut(share - halfWidth, share + halfWidth);
}

/** Wald's interval: share ± z standard errors. Far too narrow near 0 and 1; for comparison only. */
function normal({ count, trials, alpha }: Proportion): Interval {
  const share = count / trials;
  const halfWidth = normalQuantile(1 - alpha / 2) * Math.sqrt((share * (1 - share)) / trials);
  return cut(share - halfWidth, share + halfWidth);
}

export type ProportionMethod = 'wilson' | 'clopper-pearson' | 'jeffreys' | 'agresti-coull' | 'normal';

const methods: Readonly<Record<ProportionMethod, (proportion: Proportion) => Interval>> = {
  wilson,
  'clopper-pearson': clopperPearson,
  jeffreys,
  'agresti-coull': agrestiCoull,
  normal,
};

/**
 * Interval of a share, `count` out of `trials`, at confidence 1 - `alpha`. Failed for counts that cannot be; not defined
 * (skipped) without trials.
 */
export function proportionInterval(
  count: number,
  options: { readonly trials: number; readonly alpha: number; readonly method: ProportionMethod },
): Outcome<Interval> {
  const { trials, alpha, method } = options;
  if (!Number.isInteger(count) || !Number.isInteger(trials) || count < 0 || count > trials) {
    return failed('bad-counts', `expected whole numbers with 0 <= count <= trials, got ${count} of ${trials}`);
  }
  if (!(alpha > 0 && alpha < 1)) return failed('bad-alpha', `alpha must lie between 0 and 1, got ${alpha}`);
  if (trials === 0) return skipped('no trials: a share of nothing has no interval');
  return ok(methods[method]({ count, trials, alpha }));
}
