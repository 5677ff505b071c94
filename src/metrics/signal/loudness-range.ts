import type { SignalMetric } from '../metric.js';
import { factMetric } from './fact-metric.js';

export const loudnessRange: SignalMetric = factMetric({
  id: 'loudness-range',
  title: 'Loudness range',
  summary: 'From the 10th to the 95th percentile of the loudness of 3 s windows, gated 20 LU below their mean.',
  aliases: ['LRA'],
  direction: 'neither',
  range: '0 to infinity',
  unit: 'LU',
  citation: 'EBU Tech 3342 (2016)',
  knownFailure: 'Made for programmes of minutes: below about 30 s a single loud passage decides it.',
  encoder: 'signal-loudness-range',
});
