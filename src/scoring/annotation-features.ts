import type { ClipAnnotations } from '../core/clip.js';
import type { FeatureMatrix, FeatureNeed } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';

/** What a metric can ask for as `targetNeed.output` when it is held against annotations: one column of seconds. */
export const annotationOutputs = { beats: 'beatSeconds', cuts: 'cutSeconds' } as const;

/** A clip's annotated times as a matrix of one column. Clips without annotations are skipped: most suites have none. */
export function annotationFeatures(
  annotations: ClipAnnotations | undefined,
  need: FeatureNeed,
): Outcome<FeatureMatrix> {
  if (annotations === undefined) return skipped('the suite states no times for this clip');
  const field = annotationOutputs[need.output as keyof typeof annotationOutputs];
  if (field === undefined) return failed('no-such-output', `annotations have no ${need.output}`);
  const seconds = annotations[field];
  return ok({ rows: seconds.length, columns: 1, data: Float32Array.from(seconds) });
}
