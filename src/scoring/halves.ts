import type { FeatureMatrix } from '../core/features.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import type { SetMetric } from '../metrics/metric.js';
import { mean } from '../stats/mean.js';
import { checkedValue } from './checked-value.js';
import { countedWarnings } from './warnings.js';

/** Features by clip id, without the clips that have none. */
export type Matrices = ReadonlyMap<string, FeatureMatrix>;

export interface Splits {
  readonly metric: SetMetric;
  readonly references: Matrices;
  /** All clip ids in a random order, one a repeat. */
  readonly orders: readonly (readonly string[])[];
  /** Clips in a half. */
  readonly size: number;
}

/**
 * Mean over all orders of the metric on half of `set` (the first clips of the order that it has) against the
 * references of as many other clips. A system with gaps is thereby still judged on exactly `size` clips.
 */
export function valueOfHalf(splits: Splits, set: Matrices): Outcome<number> {
  const { metric, size } = splits;
  const least = Math.max(metric.minClips, 1);
  if (size < least) return skipped(`a half of the references has ${size} clips, needs at least ${least}`);
  if (set.size < size) return skipped(`needs ${size} clips, got ${set.size}`);
  const values: number[] = [];
  const warnings: string[] = [];
  for (const order of splits.orders) {
    const outcome = valueOfSplit(splits, { set, order });
    if (outcome.status !== 'ok') return outcome;
    values.push(outcome.value);
    warnings.push(...(outcome.warnings ?? []));
  }
  return ok(mean(values), countedWarnings(warnings));
}

function valueOfSplit(
  splits: Splits,
  { set, order }: { readonly set: Matrices; readonly order: readonly string[] },
): Outcome<number> {
  const chosen = order.filter((clipId) => set.has(clipId)).slice(0, splits.size);
  const others = order.filter((clipId) => splits.references.has(clipId) && !chosen.includes(clipId));
  const system = matricesOf(set, chosen);
  const reference =
    splits.metric.against === 'reference' ? matricesOf(splits.references, others.slice(0, splits.size)) : [];
  return checkedValue(() => splits.metric.compute(system, reference));
}

function matricesOf(set: Matrices, clipIds: readonly string[]): FeatureMatrix[] {
  return clipIds.map((clipId) => set.get(clipId) as FeatureMatrix);
}
