import type { FeatureMatrix } from '../core/features.js';
import { type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import { seededRng, shuffle } from '../core/rng.js';
import type { Metric, SetMetric } from '../metrics/metric.js';
import { checkedValue } from '../scoring/checked-value.js';
import { referenceFeatures, targetFeatures } from '../scoring/clip-features.js';
import type { ScoringInput } from '../scoring/feature-lookup.js';
import { type Matrices, valueOfHalf } from '../scoring/halves.js';
import { baselineRepeats } from '../scoring/settings.js';
import { sortedById } from '../scoring/sorted.js';
import { mean } from '../stats/mean.js';
import type { SampleSizeCurve } from './audit-types.js';

const steps = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];

/** What a set metric says of real music, on fewer and fewer clips: nothing but the number changes, so the slope is its bias. */
export function sampleSizeCurve(metric: Metric, input: ScoringInput): Outcome<SampleSizeCurve> {
  if (metric.level !== 'set') return skipped('a mean over clips: its expectation does not depend on their number');
  const clipIds = sortedById(input.clipIds, (id) => id);
  const references = available(referenceFeatures(input.features, { clipIds, need: metric.need }));
  const orders = [...Array(baselineRepeats).keys()].map((repeat) =>
    shuffle(clipIds, seededRng('sample-size', input.rngSeed, metric.id, repeat)),
  );
  const most = metric.against === 'reference' ? Math.floor(references.size / 2) : references.size;
  const sizes = [...steps.filter((size) => size < most), most].filter((size) => size >= Math.max(2, metric.minClips));
  if (sizes.length < 2) return skipped(`${references.size} references are too few for a curve`);
  const videos = metric.against === 'video' ? available(targetFeatures(metric, { ...input, clipIds })) : undefined;
  return ok({
    meaning: meanings[metric.against],
    points: sizes.map((size) => ({
      clipCount: size,
      outcome:
        videos === undefined
          ? valueOfHalf({ metric, references, orders, size }, references)
          : crossValue(metric, { references, videos, orders, size }),
    })),
  });
}

const meanings = {
  reference: `references against other references, mean of ${baselineRepeats} random choices`,
  video: `references against their own videos, mean of ${baselineRepeats} random choices`,
  nothing: `references by themselves, mean of ${baselineRepeats} random choices`,
} as const;

function crossValue(
  metric: SetMetric,
  sets: {
    readonly references: Matrices;
    readonly videos: Matrices;
    readonly orders: readonly (readonly string[])[];
    readonly size: number;
  },
): Outcome<number> {
  const values: number[] = [];
  for (const order of sets.orders) {
    const chosen = order.filter((id) => sets.references.has(id) && sets.videos.has(id)).slice(0, sets.size);
    if (chosen.length < sets.size) return skipped(`${chosen.length} clips have both music and video`);
    const of = (from: Matrices): FeatureMatrix[] => chosen.map((id) => from.get(id) as FeatureMatrix);
    const outcome = checkedValue(() => metric.compute(of(sets.references), of(sets.videos)));
    if (outcome.status !== 'ok') return skipped(reasonOf(outcome));
    values.push(outcome.value);
  }
  return ok(mean(values));
}

function available(features: ReturnType<typeof referenceFeatures>): Matrices {
  return new Map(
    [...features].flatMap(([clipId, outcome]) => (outcome.status === 'ok' ? [[clipId, outcome.value] as const] : [])),
  );
}
