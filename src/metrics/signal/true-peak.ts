import type { SignalMetric } from '../metric.js';
import { factMetric } from './fact-metric.js';

export const truePeak: SignalMetric = factMetric({
  id: 'true-peak',
  title: 'True peak',
  summary: 'Largest magnitude of any channel between the samples too, by fourfold interpolation (BS.1770-4).',
  aliases: ['dBTP'],
  direction: 'neither',
  range: '-infinity to infinity',
  unit: 'dBTP',
  citation: 'ITU-R BS.1770-4 (2015), annex 2',
  knownFailure:
    'Above 0 the sound clips in a player, but lower is not better. Fourfold interpolation reads up to 0.7 dB low.',
  encoder: 'signal-true-peak',
});
