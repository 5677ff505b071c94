import { BenchError } from '../core/errors.js';
import { nearestNames } from '../core/nearest-names.js';
import { avAlignFramediff } from './av-align-framediff.js';
import { dynamicsCorrelation } from './dynamics-correlation.js';
import { frechetClapMusic, frechetCnn14, frechetPasst, frechetVggish } from './frechet-encoders.js';
import { frechetMusicnn } from './frechet-musicnn.js';
import { imagebindScore } from './imagebind-score.js';
import { klCnn14, klPasst } from './kl-encoders.js';
import { klTagsMusicnn } from './kl-tags-musicnn.js';
import type { Metric } from './metric.js';
import { coverageMusicnn, densityMusicnn, precisionMusicnn, recallMusicnn } from './neighbourhood-musicnn.js';
import { pairedClapMetrics, pairedMetrics } from './paired/index.js';
import { signalMetrics } from './signal/index.js';
import { vendiMusicnn } from './vendi-musicnn.js';

/** Metrics that need nothing beyond the package: what a suite is scored by unless it says otherwise. */
export const shippedMetrics: readonly Metric[] = [
  frechetMusicnn,
  precisionMusicnn,
  recallMusicnn,
  densityMusicnn,
  coverageMusicnn,
  vendiMusicnn,
  klTagsMusicnn,
  avAlignFramediff,
  dynamicsCorrelation,
];

/** Metrics over networks that the user imports. */
export const importedMetrics: readonly Metric[] = [
  frechetVggish,
  frechetCnn14,
  frechetPasst,
  frechetClapMusic,
  klCnn14,
  klPasst,
  imagebindScore,
  ...pairedClapMetrics,
];

/** All metrics, in the order in which lists show them. */
export const metrics: readonly Metric[] = [...shippedMetrics, ...signalMetrics, ...pairedMetrics, ...importedMetrics];

/** The metric of this id. Throws a usage error that names the nearest ids when there is none. */
export function metricById(id: string): Metric {
  const metric = metrics.find((candidate) => candidate.id === id);
  if (metric !== undefined) return metric;
  const ids = metrics.map((candidate) => candidate.id);
  const near = nearestNames(id, ids);
  throw new BenchError({
    code: 'metric-not-found',
    kind: 'usage',
    problem: `there is no metric '${id}'`,
    remedy: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Use one of ${ids.join(', ')}`,
  });
}
