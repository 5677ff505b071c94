import { type Outcome, reasonOf, skipped } from '../core/outcome.js';
import type { ClipScore } from '../core/score.js';
import type { SetMetric } from '../metrics/metric.js';
import { checkedValue } from './checked-value.js';
import { systemFeatures, targetFeatures } from './clip-features.js';
import type { ScoringInput } from './feature-lookup.js';
import { pairClips } from './set-values.js';
import { sortedById } from './sorted.js';

/** The clips' own values of a set metric that has them, for every generation of one system; none for other metrics. */
export function setClipScoresOf(metric: SetMetric, input: ScoringInput & { readonly systemId: string }): ClipScore[] {
  if (metric.perClip === undefined) return [];
  const seeds = [...input.seeds].sort((a, b) => a - b);
  const bySeed = new Map(seeds.map((seed) => [seed, valuesOfSeed(metric, { ...input, seeds: [seed] })]));
  return sortedById(input.clipIds, (clipId) => clipId).flatMap((clipId) =>
    seeds.map((seed) => ({
      metric: { id: metric.id, version: metric.version },
      systemId: input.systemId,
      clipId,
      seed,
      outcome: bySeed.get(seed)?.get(clipId) ?? skipped('not scored'),
    })),
  );
}

function valuesOfSeed(
  metric: SetMetric,
  input: ScoringInput & { readonly systemId: string },
): ReadonlyMap<string, Outcome<number>> {
  const system = systemFeatures(input.features, { ...input, need: metric.need });
  const { clips, coverage } = pairClips(metric, {
    clipIds: input.clipIds,
    system,
    target: targetFeatures(metric, input),
  });
  const outcomes = new Map<string, Outcome<number>>(
    coverage.missing.map(({ clipId, reason }) => [clipId, skipped(reason)]),
  );
  const values = metric.perClip?.({
    system: clips.map((clip) => clip.system),
    target: clips.flatMap(({ target }) => (target === undefined ? [] : [target])),
  });
  for (const [index, { clipId }] of clips.entries()) {
    const own = values?.status === 'ok' ? values.value[index] : undefined;
    const reason = values === undefined || values.status === 'ok' ? 'not scored' : reasonOf(values);
    outcomes.set(
      clipId,
      checkedValue(() => own ?? skipped(reason)),
    );
  }
  return outcomes;
}
