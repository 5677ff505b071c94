import type { FeatureMatrix } from '../../core/features.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { createLandmarkIndex } from '../../dsp/landmark-match.js';
import { landmarksOfMatrix } from '../../dsp/landmark-matrix.js';
import type { PairedMetric } from '../metric.js';
import { landmarkProblem } from '../signal/landmark-problem.js';

const need = { encoder: 'landmarks', output: 'landmarks' };

/** Whether the music is the reference itself, or has passages of it. */
export const referenceCopyShare: PairedMetric = {
  id: 'reference-copy-share',
  version: 1,
  level: 'paired',
  title: 'Copy of the own reference',
  summary: 'Share of the landmarks that music and its reference have in common at one shift; 0 below 20 or 5 %.',
  aliases: ['memorisation'],
  direction: 'lower',
  range: '0 to 1',
  citation: 'Own definition on the landmarks of Wang, ISMIR 2003',
  knownFailure:
    'Finds the same recording, cut, coded or quieter, not the same notes played anew or in another tempo or key. The reference itself has 1.',
  need,
  against: 'reference',
  targetNeed: need,
  compare(audio, target): Outcome<number> {
    const problem = landmarkProblem(audio, 'the music') ?? landmarkProblem(target, 'the reference');
    if (problem !== undefined) return problem;
    return shareOf(audio, target);
  },
};

function shareOf(audio: FeatureMatrix, target: FeatureMatrix): Outcome<number> {
  const [[music], [reference]] = [landmarksOfMatrix(audio), landmarksOfMatrix(target)];
  if (music === undefined) return skipped('the music has no landmarks');
  if (reference === undefined) return skipped('the reference has no landmarks');
  const [found] = createLandmarkIndex(new Map([['reference', reference]])).search(music);
  return ok(found?.match.share ?? 0);
}
