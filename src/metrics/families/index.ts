import type { Metric } from '../metric.js';
import type { ClassSpace, EmbeddingSpace } from '../spaces.js';
import { cosineDiversityOver } from './cosine-diversity.js';
import { frechetOver } from './frechet.js';
import { frechetInfinityOver } from './frechet-infinity.js';
import { frechetPerSongOver } from './frechet-per-song.js';
import { inceptionScoreOver } from './inception-score.js';
import { gaussianKernelDistanceOver, kernelDistancesOver } from './kernel-distance.js';
import { kernelInceptionDistanceOver } from './kernel-inception-distance.js';
import { klOver } from './kl.js';
import { modeCoverageOver } from './mode-coverage.js';
import { neighbourhoodsOver } from './neighbourhoods.js';
import { vendiOver } from './vendi.js';

/** Every family of distances and of diversity over one space, or those distances alone that fadtk and kadtk publish. */
export function embeddingMetrics(space: EmbeddingSpace): Metric[] {
  const published = [frechetOver(space), frechetInfinityOver(space), frechetPerSongOver(space)];
  if (space.distancesOnly === true) return [...published, gaussianKernelDistanceOver(space)];
  return [
    ...published,
    ...kernelDistancesOver(space),
    kernelInceptionDistanceOver(space),
    ...neighbourhoodsOver(space),
    ...vendiOver(space),
    cosineDiversityOver(space),
  ];
}

/** Every family over one classifier. */
export function classMetrics(space: ClassSpace): Metric[] {
  return [...klOver(space), inceptionScoreOver(space), modeCoverageOver(space)];
}
