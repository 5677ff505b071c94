import { mapOutcome, type Outcome } from '../../core/outcome.js';
import { seededRng } from '../../core/rng.js';
import { pooledSets } from '../clip-sets.js';
import { frechetInfinity } from '../frechet-infinity.js';
import type { SetMetric } from '../metric.js';
import type { EmbeddingSpace } from '../spaces.js';

/** The Fréchet distance extrapolated to endless samples: `frechet-infinity-SPACE`. The draws are seeded, so that the value is the same twice. */
export function frechetInfinityOver({ id, encoder, output, name, citation }: EmbeddingSpace): SetMetric {
  return {
    id: `frechet-infinity-${id}`,
    version: 1,
    level: 'set',
    title: `Fréchet distance at infinity (${name})`,
    summary: `Intercept of a line over 1/n through the Fréchet distances of 25 resamples of 500 to all windows, in the space of ${name}.`,
    aliases: ['FAD-inf', 'FAD∞'],
    direction: 'lower',
    range: '-infinity to infinity',
    citation: `Gui et al. 2023, arXiv:2311.01616 (fadtk fad.py, score_inf); Chong & Forsyth 2020, arXiv:1911.07023; features: ${citation}`,
    knownFailure:
      'Windows of one song are drawn as if they were independent, and the bias of few songs stays. With near 500 windows the line stands on nothing; the published tool draws without a seed.',
    need: { encoder, output },
    minClips: 2,
    against: 'reference',
    orderMatters: true,
    compute(system, reference): Outcome<number> {
      const sets = pooledSets(system, reference);
      if (sets.status !== 'ok') return sets;
      const { generated, real } = sets.value;
      const rng = seededRng('frechet-infinity', id);
      return mapOutcome(frechetInfinity(real, generated, { rngOfStep: () => rng }), ({ intercept }) => intercept);
    },
  };
}
