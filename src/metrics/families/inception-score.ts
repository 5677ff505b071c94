import { mersenneTwister } from '../../core/mersenne-twister.js';
import { mapOutcome, type Outcome } from '../../core/outcome.js';
import { clipMeans } from '../clip-sets.js';
import { inceptionScore } from '../inception-score.js';
import type { SetMetric } from '../metric.js';
import type { ClassSpace } from '../spaces.js';

const splits = 10;
const seed = 2020;

/** Certainty of the classes of single clips with variety over clips: `inception-score-CLASSIFIER`. */
export function inceptionScoreOver({ id, encoder, name, classes, citation }: ClassSpace): SetMetric {
  return {
    id: `inception-score-${id}`,
    version: 1,
    level: 'set',
    title: `Inception Score (${name})`,
    summary: `exp of the mean KL of each clip's ${classes} to those of its split, mean of ${splits} splits; softmax of the mean logits over windows.`,
    aliases: ['IS'],
    direction: 'higher',
    range: '1 to infinity',
    citation: `Salimans et al. 2016, arXiv:1606.03498; splits and order as torch-fidelity and audioldm_eval (RandomState ${seed}); classes: ${citation}`,
    knownFailure:
      'Real music scores only about 1.4 over AudioSet classes, since nearly all of it is Music; noise of many kinds can beat it. Grows with the clips in a split.',
    need: { encoder, output: 'logits' },
    minClips: splits,
    against: 'nothing',
    orderMatters: true,
    compute(system): Outcome<number> {
      const logits = clipMeans({ clips: system, name: 'system' });
      if (logits.status !== 'ok') return logits;
      const order = mersenneTwister(seed).permutation(logits.value.rows);
      return mapOutcome(inceptionScore(logits.value, { splits, order }), ({ mean }) => mean);
    },
  };
}
