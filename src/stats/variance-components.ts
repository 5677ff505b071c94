import { mean } from './mean.js';

export interface VarianceComponents {
  /** Variance between the true means of groups; unbiased, hence below 0 now and then where there is none. */
  readonly between: number;
  /** Variance of values around their group's mean. */
  readonly within: number;
}

/**
 * One-way random effects by analysis of variance, unbiased for groups of any sizes: within = MSW, between = (MSB - MSW) / n0 with
 * n0 = (N - Σ nᵢ² / N) / (groups - 1) (Searle, Casella & McCulloch 1992, Variance Components, ch. 3.6). Throws below two groups, for
 * an empty group, or without a second value in any group.
 */
export function varianceComponents(groups: readonly (readonly number[])[]): VarianceComponents {
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  if (groups.length < 2) throw new RangeError(`variance components need at least 2 groups, got ${groups.length}`);
  if (groups.some((group) => group.length === 0)) throw new RangeError('a group has no values');
  if (count === groups.length) throw new RangeError('no group has a second value');
  const means = groups.map(mean);
  const centre = mean(groups.flat());
  let withinSquares = 0;
  let betweenSquares = 0;
  let sizeSquares = 0;
  groups.forEach((group, index) => {
    const groupMean = means[index] as number;
    for (const value of group) withinSquares += (value - groupMean) ** 2;
    betweenSquares += group.length * (groupMean - centre) ** 2;
    sizeSquares += group.length ** 2;
  });
  const within = withinSquares / (count - groups.length);
  const typicalSize = (count - sizeSquares / count) / (groups.length - 1);
  return { within, between: (betweenSquares / (groups.length - 1) - within) / typicalSize };
}
