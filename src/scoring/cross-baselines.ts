import type { FeatureMatrix } from '../core/features.js';
import { mapOutcome, type Outcome, ok, skipped } from '../core/outcome.js';
import { seededRng, shuffle } from '../core/rng.js';
import type { Estimate, MetricBaselines } from '../core/score.js';
import type { SetMetric } from '../metrics/metric.js';
import { mean } from '../stats/mean.js';
import { standardDeviation } from '../stats/variance.js';
import { checkedValue } from './checked-value.js';
import { referenceFeatures, targetFeatures } from './clip-features.js';
import type { ScoringInput } from './feature-lookup.js';
import { intervalLevel, setShuffles } from './settings.js';
import { sortedById } from './sorted.js';

interface RealClips {
  readonly music: readonly FeatureMatrix[];
  readonly videos: readonly FeatureMatrix[];
}

/** Baselines of a set metric that holds music against pictures: the references with their own videos, and with those of other clips. */
export function crossBaselines(metric: SetMetric, input: ScoringInput): MetricBaselines {
  const clips = realClips(metric, input);
  const least = Math.max(metric.minClips, 2);
  const few =
    clips.music.length < least ? skipped(`needs ${least} clips with music, got ${clips.music.length}`) : undefined;
  const real = few ?? checkedValue(() => metric.compute(clips.music, clips.videos));
  return {
    metric: { id: metric.id, version: metric.version },
    realAgainstReal: mapOutcome(real, (value) => ({ value, clipCount: clips.music.length, repeats: 1 })),
    realAgainstRealMeaning: 'the references against their own videos: what the original music scores',
    systemsAtEqualCount: [],
    chanceShuffledPairs: few ?? shuffledPairs(metric, { clips, rngSeed: input.rngSeed }),
    chanceTimeShift: skipped('does not depend on the position in time'),
  };
}

function realClips(metric: SetMetric, input: ScoringInput): RealClips {
  const clipIds = sortedById(input.clipIds, (id) => id);
  const references = referenceFeatures(input.features, { clipIds, need: metric.need });
  const videos = targetFeatures(metric, { features: input.features, clipIds });
  const pairs = clipIds.flatMap((clipId) => {
    const [music, video] = [references.get(clipId), videos.get(clipId)];
    return music?.status === 'ok' && video?.status === 'ok' ? [{ music: music.value, video: video.value }] : [];
  });
  return { music: pairs.map(({ music }) => music), videos: pairs.map(({ video }) => video) };
}

/**
 * Music and videos in random order: what a blind system scores. Any order, not only those without a clip at its own video: with those
 * a perfect pairing would have a recall at 1 of exactly 0, below chance. The interval is the range of the values, which holds
 * that of one more blind system with a probability of 95 %. Where the metric knows its chance level, that is the value.
 */
function shuffledPairs(
  metric: SetMetric,
  { clips, rngSeed }: { readonly clips: RealClips; readonly rngSeed: number },
): Outcome<Estimate> {
  const rng = seededRng('shuffled-pairs', rngSeed, metric.id);
  const values: number[] = [];
  for (let repeat = 0; repeat < setShuffles; repeat++) {
    const outcome = checkedValue(() => metric.compute(clips.music, shuffle(clips.videos, rng)));
    if (outcome.status !== 'ok') return outcome;
    values.push(outcome.value);
  }
  const value = metric.chance?.(clips.music.length) ?? mean(values);
  const bounds = { lower: Math.min(...values), upper: Math.max(...values), level: intervalLevel };
  return ok({ value, ...bounds, method: 'shuffles-range', standardError: standardDeviation(values) });
}
