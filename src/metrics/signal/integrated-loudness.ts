import type { SignalMetric } from '../metric.js';
import { factMetric } from './fact-metric.js';

export const integratedLoudness: SignalMetric = factMetric({
  id: 'integrated-loudness',
  title: 'Integrated loudness',
  summary: 'Loudness of all channels over the whole sound, gated at -70 LUFS and 10 LU below the mean (BS.1770-4).',
  aliases: ['LUFS', 'programme loudness'],
  direction: 'neither',
  range: '-70 to infinity',
  unit: 'LUFS',
  citation: 'ITU-R BS.1770-4 (2015); EBU R 128',
  knownFailure: 'Says nothing about quality. A mono file reads 3 LU lower than the same sound on two channels.',
  encoder: 'signal-loudness',
});
