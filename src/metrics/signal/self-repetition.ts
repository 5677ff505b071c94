import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { landmarksOfMatrix } from '../../dsp/landmark-matrix.js';
import { selfRepetition as repetitionOf } from '../../dsp/self-repetition.js';
import type { SignalMetric } from '../metric.js';
import { landmarkProblem } from './landmark-problem.js';

/** How much of the music is a loop. */
export const selfRepetition: SignalMetric = {
  id: 'self-repetition',
  version: 1,
  level: 'signal',
  title: 'Repetition within the music',
  summary:
    'Share of the landmarks that come again after one and the same time of at least 1 s, for the best such time.',
  aliases: ['loop share'],
  direction: 'neither',
  range: '0 to 1',
  citation: 'Own definition on the landmarks of Wang, ISMIR 2003',
  knownFailure:
    'Most music repeats: hold it against the references. Finds recordings that come again, not tunes that are played again; a held tone repeats itself, and noise over a loop hides part of it.',
  need: { encoder: 'landmarks', output: 'landmarks' },
  measure(audio): Outcome<number> {
    const problem = landmarkProblem(audio, 'the music');
    if (problem !== undefined) return problem;
    const [sound] = landmarksOfMatrix(audio);
    const repetition = sound === undefined ? undefined : repetitionOf(sound);
    return repetition === undefined ? skipped('the music has no landmarks') : ok(repetition.share);
  },
};
