import type { PairedMetric } from '../metric.js';
import { factDifference } from './fact-difference.js';

/** Whether the music lasts as long as the video. */
export const durationDifference: PairedMetric = {
  id: 'duration-difference',
  version: 1,
  level: 'paired',
  title: 'Missing duration',
  summary: 'Seconds between the end of the music and the end of the clip.',
  aliases: ['duration match'],
  direction: 'lower',
  range: '0 to infinity',
  unit: 's',
  citation: 'Own definition',
  knownFailure:
    'Music is cut at the end of the clip before anything is measured, so only music that is too short shows. Silence at the end counts as music.',
  need: { encoder: 'signal-duration', output: 'value' },
  against: 'video',
  targetNeed: { encoder: 'video-duration', output: 'value' },
  compare: (audio, target) =>
    factDifference({ audio, target }, { targetName: 'the video', distance: (a, b) => Math.abs(a - b) }),
};
