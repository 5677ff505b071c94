import { reasonOf } from '../core/outcome.js';
import { formatNumber, formatPercent } from './format.js';
import type { Cell } from './leaderboard-types.js';

/** `clip 62 %, seed 38 %`, or for a set metric `seeds ± 0.12`; the reason where it is not known, nothing where it does not apply. */
export function spreadText({ varianceShares, seedSpread }: Cell, decimals: number): string {
  if (varianceShares?.status === 'ok') {
    const { clipShare, seedShare } = varianceShares.value;
    return `clip ${formatPercent(clipShare)}, seed ${formatPercent(seedShare)}`;
  }
  if (seedSpread?.status === 'ok') return `seeds ± ${formatNumber(seedSpread.value.standardDeviation, decimals)}`;
  const absent = varianceShares ?? seedSpread;
  return absent === undefined ? '' : reasonOf(absent);
}

/** `180 × 200`: rows of features by their dimensions, for a set metric. */
export function sampleText({ sampleSize }: Cell): string {
  return sampleSize === undefined ? '' : `${sampleSize.windows} × ${sampleSize.dimensions}`;
}
