import { mapOutcome, type Outcome, ok, skipped } from '../core/outcome.js';
import { mean } from './mean.js';
import { normalCdf, normalQuantile } from './normal.js';
import type { Interval } from './percentile-interval.js';
import { quantileOfSorted } from './quantile.js';

export interface BcaInput {
  /** The statistic of the sample itself. */
  readonly value: number;
  /** The statistic of each resample. */
  readonly resampled: ArrayLike<number>;
  /** The statistic with each observation left out. */
  readonly leaveOneOut: readonly number[];
  readonly level: number;
}

/** Which quantiles of the resampled values bound the interval, and the two corrections that led there. */
export interface BcaCorrection {
  readonly bias: number;
  readonly acceleration: number;
  readonly lowerProbability: number;
  readonly upperProbability: number;
}

/**
 * Bias-corrected and accelerated bootstrap interval (Efron 1987, JASA 82:171; Efron & Tibshirani 1993, ch. 14.3).
 * Not defined, hence skipped, when all resamples lie on one side of the value or the leave-one-out values are all equal.
 */
export function bcaInterval(input: BcaInput): Outcome<Interval> {
  const sorted = Float64Array.from(input.resampled).sort();
  return mapOutcome(bcaCorrection(input), ({ lowerProbability, upperProbability }) => ({
    lower: quantileOfSorted(sorted, lowerProbability),
    upper: quantileOfSorted(sorted, upperProbability),
  }));
}

/** The corrections of `bcaInterval`; skipped as it is. */
export function bcaCorrection(input: BcaInput): Outcome<BcaCorrection> {
  const share = shareBelow(input.resampled, input.value);
  if (share <= 0 || share >= 1) return skipped('all resamples lie on one side of the value');
  const acceleration = accelerationOf(input.leaveOneOut);
  if (acceleration === undefined) return skipped('the leave-one-out values are all equal');
  const bias = normalQuantile(share);
  const corrected = (probability: number): number => {
    const shifted = bias + normalQuantile(probability);
    // Past the pole of the formula (extreme skewness) the corrected probability has reached its limit.
    return 1 - acceleration * shifted > 0 ? normalCdf(bias + shifted / (1 - acceleration * shifted)) : 1;
  };
  const tail = (1 - input.level) / 2;
  return ok({
    bias,
    acceleration,
    lowerProbability: corrected(tail),
    upperProbability: corrected(1 - tail),
  });
}

/** Ties count half, so that a statistic with few distinct values keeps a median bias of 0. */
function shareBelow(resampled: ArrayLike<number>, value: number): number {
  let count = 0;
  for (let index = 0; index < resampled.length; index++) {
    const other = resampled[index] as number;
    count += other < value ? 1 : other === value ? 0.5 : 0;
  }
  return count / resampled.length;
}

/** A sixth of the skewness of the leave-one-out values, sign turned (Efron & Tibshirani 1993, eq. 14.15). */
function accelerationOf(leaveOneOut: readonly number[]): number | undefined {
  const centre = mean(leaveOneOut);
  let squares = 0;
  let cubes = 0;
  for (const value of leaveOneOut) {
    squares += (centre - value) ** 2;
    cubes += (centre - value) ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : undefined;
}
