import type { Metric } from '../metric.js';
import type { ClassSpace, EmbeddingSpace } from '../spaces.js';
import { cosineDiversityOver } from './cosine-diversity.js';
import { frechetOver } from './frechet.js';
import { frechetInfinityOver } from './frechet-infinity.js';
import { frechetPerSongOver } from './frechet-per-song.js';
import { inceptionScoreOver } from './inception-score.js';
import { kernelDistancesOver } from './kernel-distance.js';
import { kernelInceptionDistanceOver } from './kernel-inception-distance.js';
import { klOver } from './kl.js';
import { modeCoverageOver } from './mode-coverage.js';
import { neighbourhoodsOver } from './neighbourhoods.js';
import { vendiOver } from './vendi.js';

/** Every family of distances and of diversity over one space. */
export function embeddingMetrics(space: EmbeddingSpace): Metric[] {
  return [
    frechetOver(space),
    frechetInfinityOver(space),
    frechetPerSongOver(space),
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
