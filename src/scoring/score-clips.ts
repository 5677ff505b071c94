import { type Outcome, reasonOf, skipped } from '../core/outcome.js';
import type { ClipScore } from '../core/score.js';
import type { ClipMetric } from '../metrics/metric.js';
import { checkedValue } from './checked-value.js';
import type { FeatureLookup } from './feature-lookup.js';
import { finiteFeatures } from './finite-features.js';
import { sortedById } from './sorted.js';
import { targetOf } from './target.js';

/** One metric of single generations on every generation of one system, in the order of clip id and seed. */
export function clipScoresOf(input: {
  readonly metric: ClipMetric;
  readonly systemId: string;
  readonly clipIds: readonly string[];
  readonly seeds: readonly number[];
  readonly features: FeatureLookup;
}): ClipScore[] {
  const { metric, systemId } = input;
  const features = finiteFeatures(input.features);
  const seeds = [...input.seeds].sort((a, b) => a - b);
  return sortedById(input.clipIds, (clipId) => clipId).flatMap((clipId) =>
    seeds.map((seed) => ({
      metric: { id: metric.id, version: metric.version },
      systemId,
      clipId,
      seed,
      outcome: compareOne({ metric, systemId, features }, { clipId, seed }),
    })),
  );
}

function compareOne(
  input: { readonly metric: ClipMetric; readonly systemId: string; readonly features: FeatureLookup },
  generation: { readonly clipId: string; readonly seed: number },
): Outcome<number> {
  const { metric, systemId, features } = input;
  const { clipId, seed } = generation;
  const audio = features.system(systemId, clipId, seed, metric.need);
  if (audio.status !== 'ok') return audio;
  if (metric.level === 'signal') return checkedValue(() => metric.measure(audio.value));
  const target = targetOf(metric, { features, clipId });
  if (target.status !== 'ok') return skipped(`the clip's ${metric.against}: ${reasonOf(target)}`);
  return checkedValue(() => metric.compare(audio.value, target.value));
}
