import type { SignalMetric } from '../metric.js';
import { factMetric } from './fact-metric.js';

export const stereoWidth: SignalMetric = factMetric({
  id: 'stereo-width',
  title: 'Stereo width',
  summary: 'Energy of the side signal as a share of side and mid: 0 for mono, 0.5 for unrelated channels.',
  aliases: ['side-to-mid ratio'],
  direction: 'neither',
  range: '0 to 1',
  citation: 'Own definition',
  knownFailure:
    'Sound on one side only has 0.5, like two unrelated channels. Values above 0.5 mean opposite phase, which vanishes in mono.',
  encoder: 'signal-stereo-width',
});
