import type { FeatureMatrix, FeatureNeed } from '../core/features.js';
import { type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import type { SetMetric } from '../metrics/metric.js';
import { concatRows } from './concat-rows.js';
import type { FeatureLookup } from './feature-lookup.js';

/** One outcome a clip. */
export type ClipFeatures = ReadonlyMap<string, Outcome<FeatureMatrix>>;

/** What a set metric holds the system against, clip by clip; empty where it judges the system alone. */
export function targetFeatures(
  metric: SetMetric,
  clips: { readonly features: FeatureLookup; readonly clipIds: readonly string[] },
): ClipFeatures {
  const { features, clipIds } = clips;
  if (metric.against === 'nothing') return new Map();
  if (metric.against === 'reference') return referenceFeatures(features, { clipIds, need: metric.need });
  const need = metric.targetNeed;
  if (need === undefined) throw new TypeError(`${metric.id} is held against the video but names no target`);
  return new Map(clipIds.map((clipId) => [clipId, withRows(features.video(clipId, need))]));
}

/** Features of the references of all clips; a matrix without rows counts as missing. */
export function referenceFeatures(
  features: FeatureLookup,
  clips: { readonly clipIds: readonly string[]; readonly need: FeatureNeed },
): ClipFeatures {
  return new Map(clips.clipIds.map((clipId) => [clipId, withRows(features.reference(clipId, clips.need))]));
}

/** A system's features of all clips, the windows of all seeds below each other in the order of the seeds. */
export function systemFeatures(
  features: FeatureLookup,
  clips: {
    readonly systemId: string;
    readonly clipIds: readonly string[];
    readonly seeds: readonly number[];
    readonly need: FeatureNeed;
  },
): ClipFeatures {
  const { systemId, need } = clips;
  const seeds = [...clips.seeds].sort((a, b) => a - b);
  const pooled = (clipId: string): Outcome<FeatureMatrix> =>
    poolSeeds(
      clipId,
      seeds.map((seed) => ({ seed, outcome: features.system(systemId, clipId, seed, need) })),
    );
  return new Map(clips.clipIds.map((clipId) => [clipId, pooled(clipId)]));
}

function poolSeeds(
  clipId: string,
  generations: readonly { readonly seed: number; readonly outcome: Outcome<FeatureMatrix> }[],
): Outcome<FeatureMatrix> {
  const matrices: FeatureMatrix[] = [];
  const warnings: string[] = [];
  const reasons: string[] = [];
  for (const { seed, outcome } of generations) {
    if (outcome.status === 'ok') matrices.push(outcome.value);
    else reasons.push(reasonOf(outcome));
    if (outcome.status === 'ok') warnings.push(...(outcome.warnings ?? []));
    else warnings.push(`clip ${clipId}: seed ${seed} is missing: ${reasonOf(outcome)}`);
  }
  if (matrices.length === 0) return skipped([...new Set(reasons)].join('; ') || 'no seeds');
  return withRows(ok(concatRows(matrices), warnings));
}

function withRows(outcome: Outcome<FeatureMatrix>): Outcome<FeatureMatrix> {
  return outcome.status === 'ok' && outcome.value.rows === 0 ? skipped('no windows') : outcome;
}
