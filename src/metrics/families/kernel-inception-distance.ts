import { mersenneTwister } from '../../core/mersenne-twister.js';
import { mapOutcome, type Outcome } from '../../core/outcome.js';
import { pooledSets } from '../clip-sets.js';
import { kernelInceptionDistance } from '../kernel-inception-distance.js';
import type { SetMetric } from '../metric.js';
import type { EmbeddingSpace } from '../spaces.js';

const subsets = 100;
const largestSubset = 1000;
/** Of torch-fidelity and audioldm_eval. */
const seed = 2020;

/** The polynomial-kernel distance of subsets of windows: `kid-SPACE`. */
export function kernelInceptionDistanceOver({ id, encoder, output, name, citation }: EmbeddingSpace): SetMetric {
  return {
    id: `kid-${id}`,
    version: 1,
    level: 'set',
    title: `Kernel inception distance (${name})`,
    summary: `Mean over 100 pairs of subsets (1000 windows, or all) of the unbiased discrepancy with the kernel (x·y / d + 1)³, in the space of ${name}.`,
    aliases: ['KID'],
    direction: 'lower',
    range: '-infinity to infinity',
    citation: `Bińkowski et al. 2018, arXiv:1801.01401; torch-fidelity metric_kid.py (RandomState 2020); features: ${citation}`,
    knownFailure:
      'Depends on the scale of the features, and below 0 for equal sets. With few windows all subsets are the whole set.',
    need: { encoder, output },
    minClips: 2,
    against: 'reference',
    orderMatters: true,
    compute(system, reference): Outcome<number> {
      const sets = pooledSets(system, reference);
      if (sets.status !== 'ok') return sets;
      const { generated, real } = sets.value;
      const subsetSize = Math.min(largestSubset, generated.rows, real.rows);
      const random = mersenneTwister(seed);
      const distance = kernelInceptionDistance(generated, real, { subsets, subsetSize, random });
      return mapOutcome(distance, ({ mean }) => mean);
    },
  };
}
