import { failed, type Outcome, ok } from '../../core/outcome.js';
import { landmarkColumns } from '../../dsp/landmark-matrix.js';
import { checkClips } from '../clip-sets.js';
import type { SetMetric } from '../metric.js';
import { countCopies } from './copied-share.js';

/** Whether a system plays recordings that it should not have. */
export const copiesOfReferences: SetMetric = {
  id: 'copies-of-references',
  version: 1,
  level: 'set',
  title: 'Outputs that copy a reference',
  summary: 'Share of outputs that have a passage in common, as a recording, with the reference of any clip.',
  aliases: ['memorisation', 'leakage'],
  direction: 'lower',
  range: '0 to 1',
  citation: 'Own definition on the landmarks of Wang, ISMIR 2003',
  knownFailure:
    'Finds the same recording, cut, coded or quieter, not the same notes played anew or in another tempo or key. Sees the references of the run only, not what the system was trained on.',
  need: { encoder: 'landmarks', output: 'landmarks' },
  minClips: 2,
  against: 'reference',
  compute(system, target): Outcome<number> {
    for (const set of [
      { clips: system, name: 'system' },
      { clips: target, name: 'reference' },
    ] as const) {
      const columns = checkClips(set);
      if (columns.status !== 'ok') return columns;
      if (columns.value !== landmarkColumns)
        return failed('dimensions-differ', `landmarks have ${landmarkColumns} columns, not ${columns.value}`);
    }
    const { copied, sounds } = countCopies(system, target);
    return ok(copied / sounds);
  },
};
