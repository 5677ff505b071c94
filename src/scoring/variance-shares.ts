import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { ClipScore, MetricRef, VarianceShares } from '../core/score.js';
import { hasNoSpread } from '../stats/variance.js';
import { varianceComponents } from '../stats/variance-components.js';

/**
 * How much of the spread of single generations comes from the clip and how much from the seed: what more clips and what more
 * seeds could still tell. Skipped, with the reason, where nothing can be divided.
 */
export function varianceShares(input: {
  readonly metric: MetricRef;
  readonly systemId: string;
  readonly clipScores: readonly ClipScore[];
}): Outcome<VarianceShares> {
  const groups = valuesByClip(input);
  const values = groups.flat();
  if (groups.length < 2) return skipped(`needs 2 clips with values, got ${groups.length}`);
  if (values.length === groups.length)
    return skipped('one seed: what the seed changes cannot be told from what the clip does');
  if (hasNoSpread(values)) return skipped('all generations have the same value');
  const { between, within } = varianceComponents(groups);
  const total = Math.max(0, between) + within;
  const shares: VarianceShares = {
    clipShare: Math.max(0, between) / total,
    seedShare: within / total,
    clipVariance: between,
    seedVariance: within,
    clipCount: groups.length,
    generationCount: values.length,
  };
  const remark =
    'clips differ by less than their seeds alone would make them: the share of the clip is estimated below 0, shown as 0';
  return ok(shares, between < 0 ? [remark] : []);
}

function valuesByClip(input: Parameters<typeof varianceShares>[0]): number[][] {
  const byClip = new Map<string, number[]>();
  for (const { metric, systemId, clipId, outcome } of input.clipScores) {
    if (metric.id !== input.metric.id || systemId !== input.systemId || outcome.status !== 'ok') continue;
    byClip.set(clipId, [...(byClip.get(clipId) ?? []), outcome.value]);
  }
  return [...byClip.values()];
}
