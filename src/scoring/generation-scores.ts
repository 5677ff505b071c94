import type { ClipScore } from '../core/score.js';
import { isClipMetric, type Metric } from '../metrics/metric.js';
import type { ScoringInput } from './feature-lookup.js';
import { clipScoresOf } from './score-clips.js';
import { setClipScoresOf } from './set-clip-scores.js';

/** Whether single generations have values under this metric. */
export function hasGenerationScores(metric: Metric): boolean {
  return isClipMetric(metric) || metric.perClip !== undefined;
}

/** Every value of a single generation of one system; none for metrics that have values of sets only. */
export function generationScoresOf(metric: Metric, input: ScoringInput & { readonly systemId: string }): ClipScore[] {
  return isClipMetric(metric) ? clipScoresOf({ ...input, metric }) : setClipScoresOf(metric, input);
}
