import { failed, type Outcome, ok } from '../../core/outcome.js';
import { landmarkColumns } from '../../dsp/landmark-matrix.js';
import { checkClips } from '../clip-sets.js';
import type { SetMetric } from '../metric.js';
import { countCopies } from './copied-share.js';

/** Whether a system plays the same music to different videos. */
export const copiesWithinSystem: SetMetric = {
  id: 'copies-within-system',
  version: 1,
  level: 'set',
  title: 'Outputs that copy each other',
  summary: 'Share of outputs that have a passage in common, as a recording, with the output for another clip.',
  aliases: ['near-duplicates'],
  direction: 'lower',
  range: '0 to 1',
  citation: 'Own definition on the landmarks of Wang, ISMIR 2003',
  knownFailure:
    'Finds the same recording, cut, coded or quieter, not the same notes played anew or in another tempo or key. Drum machines and samplers repeat recordings by nature.',
  need: { encoder: 'landmarks', output: 'landmarks' },
  minClips: 2,
  against: 'nothing',
  compute(system): Outcome<number> {
    const columns = checkClips({ clips: system, name: 'system' });
    if (columns.status !== 'ok') return columns;
    if (columns.value !== landmarkColumns)
      return failed('dimensions-differ', `landmarks have ${landmarkColumns} columns, not ${columns.value}`);
    const { copied, sounds } = countCopies(system, system, (clip, other) => clip !== other);
    return ok(copied / sounds);
  },
};
