import { mapOutcome, type Outcome } from '../../core/outcome.js';
import { clipMeans } from '../clip-sets.js';
import type { SetMetric } from '../metric.js';
import { pairwiseDiversity } from '../pairwise-diversity.js';
import type { EmbeddingSpace } from '../spaces.js';

/** Mean cosine distance between clips: `cosine-diversity-SPACE`. */
export function cosineDiversityOver({ id, encoder, output, name, citation }: EmbeddingSpace): SetMetric {
  return {
    id: `cosine-diversity-${id}`,
    version: 1,
    level: 'set',
    title: `Mean cosine distance between clips (${name})`,
    summary: `Mean of 1 - cosine over all pairs of clips, by their mean features in the space of ${name}.`,
    aliases: ['diversity', 'pairwise diversity'],
    direction: 'higher',
    range: '0 to 2',
    citation: `Own definition over features: ${citation}`,
    knownFailure:
      'Two kinds of music far apart score as high as many kinds: it is no count. Noise is diverse too, and features with a large common part give values near 0.',
    need: { encoder, output },
    minClips: 2,
    against: 'nothing',
    compute(system): Outcome<number> {
      const means = clipMeans({ clips: system, name: 'system' });
      if (means.status !== 'ok') return means;
      return mapOutcome(pairwiseDiversity(means.value), ({ meanCosineDistance }) => meanCosineDistance);
    },
  };
}
