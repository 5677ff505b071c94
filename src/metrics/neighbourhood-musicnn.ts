import { mapOutcome, type Outcome } from '../core/outcome.js';
import { clipMeans } from './clip-sets.js';
import type { SetMetric } from './metric.js';
import { neighbourhoodsWithout } from './neighbourhoods-without.js';
import {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from './precision-recall-density-coverage.js';

/** The customary size of a neighbourhood (Naeem et al. 2020). */
const k = 5;

const kynkaanniemi = 'Kynkäänniemi et al. 2019, arXiv:1904.06991';
const naeem = 'Naeem et al. 2020, arXiv:2002.09797';

export const precisionMusicnn: SetMetric = neighbourhoodMetric('precision', {
  title: 'Precision (MusiCNN MTT, k = 5)',
  summary: 'Share of generated clips that lie among the references: how plausible single clips are.',
  aliases: ['improved precision'],
  range: '0 to 1',
  citation: kynkaanniemi,
  knownFailure: 'One reference far from all others has a huge ball and lets everything in. Says nothing of variety.',
});

export const recallMusicnn: SetMetric = neighbourhoodMetric('recall', {
  title: 'Recall (MusiCNN MTT, k = 5)',
  summary: 'Share of references that lie among the generated clips: how much of the variety is reached.',
  aliases: ['improved recall'],
  range: '0 to 1',
  citation: kynkaanniemi,
  knownFailure: 'A few generated clips far from all others have huge balls and raise it: noise can look diverse.',
});

export const densityMusicnn: SetMetric = neighbourhoodMetric('density', {
  title: 'Density (MusiCNN MTT, k = 5)',
  summary: 'How many reference neighbourhoods hold a generated clip, on average, divided by k; about 1 for real music.',
  aliases: [],
  range: '0 to infinity',
  citation: naeem,
  knownFailure: 'Exceeds 1 when all clips sit where references are dense: a collapsed system can beat real music.',
});

export const coverageMusicnn: SetMetric = neighbourhoodMetric('coverage', {
  title: 'Coverage (MusiCNN MTT, k = 5)',
  summary: 'Share of references with a generated clip in their neighbourhood.',
  aliases: [],
  range: '0 to 1',
  citation: naeem,
  knownFailure:
    'Two halves of one set reach 1 - 2^-5, about 0.97, not 1. Repeated references shrink their balls and lower it.',
});

type Texts = Pick<SetMetric, 'title' | 'summary' | 'aliases' | 'range' | 'citation' | 'knownFailure'>;

/** One of the four numbers, on one vector a clip: windows of one clip would be each other's nearest neighbours. */
function neighbourhoodMetric(name: keyof PrecisionRecallDensityCoverage, texts: Texts): SetMetric {
  return {
    id: `${name}-musicnn-mtt`,
    version: 1,
    level: 'set',
    ...texts,
    direction: 'higher',
    need: { encoder: 'musicnn-mtt', output: 'penultimate' },
    minClips: k + 1,
    against: 'reference',
    compute(system, reference): Outcome<number> {
      const generated = clipMeans({ clips: system, name: 'system' });
      if (generated.status !== 'ok') return generated;
      const real = clipMeans({ clips: reference, name: 'reference' });
      if (real.status !== 'ok') return real;
      return mapOutcome(precisionRecallDensityCoverage(real.value, generated.value, { k }), (all) => all[name]);
    },
    leaveOut({ system, target }, groups): Outcome<readonly number[]> {
      const generated = clipMeans({ clips: system, name: 'system' });
      if (generated.status !== 'ok') return generated;
      const real = clipMeans({ clips: target, name: 'reference' });
      if (real.status !== 'ok') return real;
      const without = neighbourhoodsWithout(real.value, generated.value, { k, groups });
      return mapOutcome(without, (values) => values.map((all) => all[name]));
    },
  };
}
