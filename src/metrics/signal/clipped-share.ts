import type { SignalMetric } from '../metric.js';
import { factMetric } from './fact-metric.js';

export const clippedShare: SignalMetric = factMetric({
  id: 'clipped-share',
  title: 'Clipped samples',
  summary: 'Share of samples in runs of at least three at or beyond full scale (32767 / 32768) with one sign.',
  aliases: ['clipping'],
  direction: 'lower',
  range: '0 to 1',
  citation: 'Own definition',
  knownFailure:
    'Sees flat tops at full scale only: sound that was clipped and then made quieter, or coded with losses, passes. Loud masters clip on purpose.',
  encoder: 'signal-clipping',
});
