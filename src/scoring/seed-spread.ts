import { type Outcome, ok, reasonOf, skipped } from '../core/outcome.js';
import type { SeedSpread } from '../core/score.js';
import type { SetMetric } from '../metrics/metric.js';
import { standardDeviation } from '../stats/variance.js';
import { type ClipFeatures, systemFeatures } from './clip-features.js';
import type { FeatureLookup } from './feature-lookup.js';
import { pairClips, setValue } from './set-values.js';

/**
 * A set metric on each seed's generations alone, and how far the seeds lie apart. Only where every seed has all clips of the figure: on
 * other clips a set metric is another number. Each seed has fewer windows than all together, so a Fréchet distance is larger.
 */
export function seedSpread(input: {
  readonly metric: SetMetric;
  readonly systemId: string;
  /** The clips of the figure. */
  readonly clipIds: readonly string[];
  readonly seeds: readonly number[];
  readonly features: FeatureLookup;
  readonly targetFeatures: ClipFeatures;
}): Outcome<SeedSpread> {
  if (input.clipIds.length === 0) return skipped('no clips');
  if (input.seeds.length < 2) return skipped('one seed: nothing to compare');
  const values: { seed: number; value: number }[] = [];
  for (const seed of [...input.seeds].sort((a, b) => a - b)) {
    const value = valueOfSeed(input, seed);
    if (value.status !== 'ok') return skipped(`seed ${seed}: ${reasonOf(value)}`);
    values.push({ seed, value: value.value });
  }
  return ok({ values, standardDeviation: standardDeviation(values.map(({ value }) => value)) });
}

function valueOfSeed(input: Parameters<typeof seedSpread>[0], seed: number): Outcome<number> {
  const { metric, systemId, clipIds, features, targetFeatures } = input;
  const system = systemFeatures(features, { systemId, clipIds, seeds: [seed], need: metric.need });
  const { clips, coverage } = pairClips(metric, { clipIds, system, target: targetFeatures });
  const missing = coverage.missing.map(({ clipId }) => clipId);
  if (missing.length > 0) return skipped(`has no value for clip ${missing.join(', ')}`);
  return setValue(metric, clips);
}
