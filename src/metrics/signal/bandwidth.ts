import type { SignalMetric } from '../metric.js';
import { factMetric } from './fact-metric.js';

export const bandwidth: SignalMetric = factMetric({
  id: 'bandwidth',
  title: 'Bandwidth',
  summary: 'Highest frequency whose mean power lies within 60 dB of the loudest bin: what was upsampled ends early.',
  aliases: ['effective bandwidth'],
  direction: 'neither',
  range: '0 to infinity',
  unit: 'Hz',
  citation: 'Own definition on the averaged spectrum of Welch (1967)',
  knownFailure:
    'Wider is not better: quiet treble ends below 10 kHz by nature, and hiss reaches the top. After upsampling with a soft filter it ends above the old limit, the further the louder the treble.',
  encoder: 'signal-bandwidth',
});
