import type { SignalMetric } from '../metric.js';
import { factMetric } from './fact-metric.js';

export const silenceShare: SignalMetric = factMetric({
  id: 'silence-share',
  title: 'Silence',
  summary: 'Share of the time in blocks of 100 ms whose root mean square over all channels is below -60 dBFS.',
  aliases: ['silence ratio'],
  direction: 'neither',
  range: '0 to 1',
  citation: 'Own definition',
  knownFailure:
    'Rests are music too: hold it against the references. A quiet hiss above the level counts as sound, very quiet music as silence.',
  encoder: 'signal-silence',
});
