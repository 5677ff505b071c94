import type { SignalMetric } from '../metric.js';
import { factMetric } from './fact-metric.js';

export const dcOffset: SignalMetric = factMetric({
  id: 'dc-offset',
  title: 'DC offset',
  summary: 'Largest magnitude of the mean of any channel, as a share of full scale.',
  aliases: [],
  direction: 'lower',
  range: '0 to infinity',
  citation: 'Own definition',
  knownFailure: 'Differences below about 0.001 mean nothing. An offset that changes its sign within the sound cancels.',
  encoder: 'signal-dc-offset',
});
