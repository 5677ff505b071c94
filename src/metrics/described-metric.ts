import { skipped } from '../core/outcome.js';
import { describeFrechetToStatistics } from './families/frechet-to-statistics.js';
import { metricById } from './index.js';
import type { Metric } from './metric.js';
import { embeddingSpaceById } from './spaces.js';

/**
 * The metric of a finished run by its id, for reports and comparisons: distances to published statistics are described by their id alone, and
 * compute nothing, since the statistics are not at hand. Throws as `metricById` does.
 */
export function describedMetric(id: string): Metric {
  const [, spaceId, name] = /^frechet-(.+?)-to-(.+)$/.exec(id) ?? [];
  if (spaceId === undefined || name === undefined) return metricById(id);
  return {
    ...describeFrechetToStatistics({ space: embeddingSpaceById(spaceId), name }),
    compute: () => skipped('the published statistics are not at hand'),
  };
}
