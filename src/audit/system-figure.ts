import type { Figure } from '../core/score.js';
import { isClipMetric, type Metric } from '../metrics/metric.js';
import { systemFeatures, targetFeatures } from '../scoring/clip-features.js';
import type { ScoredSystem, ScoringInput } from '../scoring/feature-lookup.js';
import { clipScoresOf } from '../scoring/score-clips.js';
import { scorePaired } from '../scoring/score-paired.js';
import { scoreSet } from '../scoring/score-set.js';

/** The figure of one metric for one system. */
export function systemFigure(metric: Metric, system: ScoredSystem, input: ScoringInput): Figure {
  const { clipIds, seeds, features, rngSeed } = input;
  if (isClipMetric(metric)) {
    const clipScores = clipScoresOf({ metric, systemId: system.id, clipIds, seeds, features });
    return scorePaired({ metric, systemId: system.id, clipScores, clipIds, rngSeed });
  }
  return scoreSet({
    metric,
    system,
    systemFeatures: systemFeatures(features, { systemId: system.id, clipIds, seeds, need: metric.need }),
    targetFeatures: targetFeatures(metric, { features, clipIds }),
    clipIds,
  });
}
