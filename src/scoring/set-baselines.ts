import { mapOutcome, skipped } from '../core/outcome.js';
import { seededRng, shuffle } from '../core/rng.js';
import type { MetricBaselines } from '../core/score.js';
import type { SetMetric } from '../metrics/metric.js';
import { type ClipFeatures, referenceFeatures, systemFeatures } from './clip-features.js';
import { crossBaselines } from './cross-baselines.js';
import type { ScoringInput } from './feature-lookup.js';
import { type Matrices, valueOfHalf } from './halves.js';
import { baselineRepeats } from './settings.js';
import { sortedById } from './sorted.js';

/**
 * Baselines of a set metric. Distances depend on the number of clips, so real music against real music (two disjoint
 * random halves of the references) can only be held against systems at that same number: a random half of the system
 * against the references of the other half, over the same 20 splits.
 */
export function setBaselines(metric: SetMetric, input: ScoringInput): MetricBaselines {
  if (metric.against === 'video') return crossBaselines(metric, input);
  const { need } = metric;
  const clipIds = sortedById(input.clipIds, (id) => id);
  const references = available(referenceFeatures(input.features, { clipIds, need }));
  const orders = [...Array(baselineRepeats).keys()].map((repeat) =>
    shuffle(clipIds, seededRng('halves', input.rngSeed, metric.id, repeat)),
  );
  const splits = { metric, references, orders, size: Math.floor(references.size / 2) };
  return {
    metric: { id: metric.id, version: metric.version },
    realAgainstReal: mapOutcome(valueOfHalf(splits, references), (value) => ({
      value,
      clipCount: splits.size,
      repeats: baselineRepeats,
    })),
    realAgainstRealMeaning: meaningOf(metric),
    systemsAtEqualCount: sortedById(input.systems, ({ id }) => id).map(({ id }) => {
      const set = available(systemFeatures(input.features, { systemId: id, clipIds, seeds: input.seeds, need }));
      return { systemId: id, outcome: valueOfHalf(splits, set) };
    }),
    chanceShuffledPairs: skipped(noPairing(metric)),
    chanceTimeShift: skipped('does not depend on the position in time'),
  };
}

function noPairing({ against }: SetMetric): string {
  return against === 'reference'
    ? 'does not depend on pairing: the references of all clips are one set, in any order'
    : 'does not depend on pairing: judges the music alone';
}

function meaningOf(metric: SetMetric): string {
  return metric.against === 'reference'
    ? 'a random half of the references against the other half, mean of 20 splits'
    : 'a random half of the references on its own, mean of 20 draws';
}

function available(features: ClipFeatures): Matrices {
  return new Map(
    [...features].flatMap(([clipId, outcome]) => (outcome.status === 'ok' ? [[clipId, outcome.value] as const] : [])),
  );
}
