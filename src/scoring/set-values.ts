import type { FeatureMatrix } from '../core/features.js';
import { mapOutcome, type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import type { Coverage } from '../core/score.js';
import type { SetFeatures, SetMetric } from '../metrics/metric.js';
import { checkedValue, checkedValues } from './checked-value.js';
import type { ClipFeatures } from './clip-features.js';
import { deletionGroups } from './deletion-groups.js';
import { resampleDraws } from './resample-draws.js';
import { sortedById } from './sorted.js';

/** One clip that enters a set metric. The target is left out for metrics that judge the system alone. */
export interface ClipPair {
  readonly clipId: string;
  readonly system: FeatureMatrix;
  /** The clip's reference music or pictures. */
  readonly target?: FeatureMatrix;
}

export interface SetValues {
  readonly value: number;
  /**
   * The value with each clip (or each group of clips) left out, system's and target's together, in the order of the clips (or groups); with
   * `bootstrap-percentile` on each resample of clips.
   */
  readonly replicates: readonly number[];
  readonly method: 'jackknife-t' | 'group-jackknife-t' | 'bootstrap-percentile';
  readonly clipCount: number;
}

/** Clips that have all that the metric needs, sorted by id, and why the others are missing. */
export function pairClips(
  metric: SetMetric,
  sets: { readonly clipIds: readonly string[]; readonly system: ClipFeatures; readonly target: ClipFeatures },
): { readonly clips: readonly ClipPair[]; readonly coverage: Coverage; readonly warnings: readonly string[] } {
  const clips: ClipPair[] = [];
  const missing: { clipId: string; reason: string }[] = [];
  const warnings: string[] = [];
  for (const clipId of sortedById(sets.clipIds, (id) => id)) {
    const pair = pairOf(metric, { ...sets, clipId });
    if (pair.status === 'ok') clips.push(pair.value);
    else missing.push({ clipId, reason: reasonOf(pair) });
    if (pair.status === 'ok') warnings.push(...(pair.warnings ?? []));
  }
  return { clips, coverage: { scored: clips.length, total: sets.clipIds.length, missing }, warnings };
}

function pairOf(
  metric: SetMetric,
  sets: { readonly clipId: string; readonly system: ClipFeatures; readonly target: ClipFeatures },
): Outcome<ClipPair> {
  const { clipId } = sets;
  const system = sets.system.get(clipId) ?? skipped('no features');
  if (metric.against === 'nothing') return mapOutcome(system, (matrix) => ({ clipId, system: matrix }));
  if (system.status !== 'ok') return system;
  const target = sets.target.get(clipId) ?? skipped('no features');
  if (target.status !== 'ok') return skipped(`the clip's ${metric.against}: ${reasonOf(target)}`);
  return mapOutcome(system, (matrix) => ({ clipId, system: matrix, target: target.value }));
}

/** The metric on these clips. */
export function setValue(metric: SetMetric, clips: readonly ClipPair[]): Outcome<number> {
  const { system, target } = setsOf(clips);
  return checkedValue(() => metric.compute(system, target));
}

function setsOf(clips: readonly ClipPair[]): SetFeatures {
  const system = clips.map((clip) => clip.system);
  return { system, target: clips.flatMap((clip) => (clip.target === undefined ? [] : [clip.target])) };
}

/**
 * The metric on all clips and on all but each one or each group of them, or on resamples, where it has them; refused below the metric's own
 * minimum and below 2 clips.
 */
export function setValues(metric: SetMetric, clips: readonly ClipPair[]): Outcome<SetValues> {
  const least = Math.max(metric.minClips, 1);
  if (clips.length < least) return skipped(`needs at least ${least} clips, got ${clips.length}`);
  if (clips.length < 2) return skipped('an interval needs at least 2 clips');
  const value = setValue(metric, clips);
  if (value.status !== 'ok') return value;
  const replicates = metric.resampled === undefined ? jackknifed(metric, clips) : resampled(metric, clips);
  if (replicates.status !== 'ok') return replicates;
  return ok({ value: value.value, ...replicates.value, clipCount: clips.length }, value.warnings);
}

type Replicates = Pick<SetValues, 'replicates' | 'method'>;

function resampled(metric: SetMetric, clips: readonly ClipPair[]): Outcome<Replicates> {
  const draws = resampleDraws(clips.length);
  const outcome = checkedValues(() => metric.resampled?.(setsOf(clips), draws) ?? skipped('no resamples'));
  return outcome.status === 'ok'
    ? ok({ replicates: outcome.value, method: 'bootstrap-percentile' })
    : skipped(`no interval: with clips resampled: ${reasonOf(outcome)}`);
}

function jackknifed(metric: SetMetric, clips: readonly ClipPair[]): Outcome<Replicates> {
  const groups = deletionGroups(clips.length);
  const leaveOut =
    metric.leaveOut === undefined ? recomputed(metric, { clips, groups }) : fast(metric, { clips, groups });
  const method = groups.length < clips.length ? 'group-jackknife-t' : 'jackknife-t';
  return mapOutcome(leaveOut, (replicates) => ({ replicates, method }));
}

interface Deletions {
  readonly clips: readonly ClipPair[];
  readonly groups: readonly (readonly number[])[];
}

function recomputed(metric: SetMetric, { clips, groups }: Deletions): Outcome<readonly number[]> {
  const values: number[] = [];
  for (const group of groups) {
    const without = setValue(
      metric,
      clips.filter((_, index) => !group.includes(index)),
    );
    if (without.status !== 'ok') {
      const names = group.map((index) => clips[index]?.clipId).join(', ');
      return skipped(`no interval: without clip ${names}: ${reasonOf(without)}`);
    }
    values.push(without.value);
  }
  return ok(values);
}

function fast(metric: SetMetric, { clips, groups }: Deletions): Outcome<readonly number[]> {
  const outcome = checkedValues(() => metric.leaveOut?.(setsOf(clips), groups) ?? skipped('no fast path'));
  return outcome.status === 'ok' ? outcome : skipped(`no interval: with clips left out: ${reasonOf(outcome)}`);
}
