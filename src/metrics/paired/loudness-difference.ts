import type { PairedMetric } from '../metric.js';
import { factDifference } from './fact-difference.js';

const need = { encoder: 'signal-loudness', output: 'value' };

/** Whether the music is as loud as the reference. */
export const loudnessDifference: PairedMetric = {
  id: 'loudness-difference',
  version: 1,
  level: 'paired',
  title: 'Loudness difference',
  summary: 'Magnitude of the difference between the integrated loudness of music and reference, all channels.',
  aliases: [],
  direction: 'lower',
  range: '0 to infinity',
  unit: 'LU',
  citation: 'Own definition; loudness after ITU-R BS.1770-4',
  knownFailure: 'A gain makes it 0. Mono against the same sound on two channels reads 3 LU.',
  need,
  against: 'reference',
  targetNeed: need,
  compare: (audio, target) =>
    factDifference({ audio, target }, { targetName: 'the reference', distance: (a, b) => Math.abs(a - b) }),
};
