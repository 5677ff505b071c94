import type { Outcome } from '../core/outcome.js';
import { clipMeans } from './clip-sets.js';
import type { SetMetric } from './metric.js';
import { vendiScore } from './vendi-score.js';
import { vendiWithout } from './vendi-without.js';

export const vendiMusicnn: SetMetric = {
  id: 'vendi-musicnn-mtt',
  version: 1,
  level: 'set',
  title: 'Vendi score (MusiCNN MTT, order 1)',
  summary: 'Effective number of different clips by the cosine similarity of their mean penultimate features.',
  aliases: ['Vendi', 'VS'],
  direction: 'higher',
  range: '1 to N',
  unit: 'clips',
  citation: 'Friedman & Dieng 2023, arXiv:2210.02410',
  knownFailure:
    'Grows with the number of clips, and noise is diverse too: it needs a quality metric beside it. Features with a large common part look alike to a cosine and give values near 1.',
  need: { encoder: 'musicnn-mtt', output: 'penultimate' },
  minClips: 2,
  against: 'nothing',
  compute(system): Outcome<number> {
    const means = clipMeans({ clips: system, name: 'system' });
    return means.status === 'ok' ? vendiScore(means.value, { order: 1 }) : means;
  },
  leaveOut({ system }, groups): Outcome<readonly number[]> {
    const means = clipMeans({ clips: system, name: 'system' });
    return means.status === 'ok' ? vendiWithout(means.value, { order: 1, groups }) : means;
  },
};
