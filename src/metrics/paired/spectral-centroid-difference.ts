import type { PairedMetric } from '../metric.js';
import { factDifference } from './fact-difference.js';

const need = { encoder: 'signal-centroid', output: 'value' };

/** Whether the music is as bright as the reference. */
export const spectralCentroidDifference: PairedMetric = {
  id: 'spectral-centroid-difference',
  version: 1,
  level: 'paired',
  title: 'Brightness difference',
  summary: 'Distance in octaves between the centres of the long-term magnitude spectra of music and reference.',
  aliases: ['spectral centroid difference'],
  direction: 'lower',
  range: '0 to infinity',
  unit: 'octaves',
  citation: 'Own definition; centroid after Peeters 2004',
  knownFailure: 'One number for a whole spectrum: hiss or a narrow bandwidth moves it as much as other instruments do.',
  need,
  against: 'reference',
  targetNeed: need,
  compare: (audio, target) =>
    factDifference({ audio, target }, { targetName: 'the reference', distance: (a, b) => Math.abs(Math.log2(a / b)) }),
};
