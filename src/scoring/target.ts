import type { FeatureMatrix } from '../core/features.js';
import type { Outcome } from '../core/outcome.js';
import type { PairedMetric } from '../metrics/metric.js';
import type { FeatureLookup } from './feature-lookup.js';

/** What a paired metric holds the music of a clip against. */
export function targetOf(
  metric: PairedMetric,
  clip: { readonly features: FeatureLookup; readonly clipId: string },
): Outcome<FeatureMatrix> {
  return clip.features[metric.against](clip.clipId, metric.targetNeed);
}
