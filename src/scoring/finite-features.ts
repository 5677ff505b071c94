import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome } from '../core/outcome.js';
import { nonFiniteRow } from '../linalg/matrix.js';
import type { FeatureLookup } from './feature-lookup.js';

/**
 * The same features, where a matrix with a NaN or an infinity counts as failed and names its clip and row: the clip is then missing
 * from the figure with that reason, instead of spoiling the figures of all.
 */
export function finiteFeatures(features: FeatureLookup): FeatureLookup {
  return {
    system: (systemId, clipId, seed, need) =>
      checkedRows(features.system(systemId, clipId, seed, need), `clip ${clipId}, seed ${seed}`),
    reference: (clipId, need) => checkedRows(features.reference(clipId, need), `the reference of clip ${clipId}`),
    video: (clipId, need) => checkedRows(features.video(clipId, need), `the video of clip ${clipId}`),
    caption: (clipId, need) => checkedRows(features.caption(clipId, need), `the caption of clip ${clipId}`),
    annotations: (clipId, need) => checkedRows(features.annotations(clipId, need), `the annotations of clip ${clipId}`),
  };
}

function checkedRows(outcome: Outcome<FeatureMatrix>, source: string): Outcome<FeatureMatrix> {
  const row = outcome.status === 'ok' ? nonFiniteRow(outcome.value) : undefined;
  return row === undefined ? outcome : failed('not-finite', `${source}: row ${row} of the features is not finite`);
}
