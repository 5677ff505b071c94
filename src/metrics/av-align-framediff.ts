import { alignOnsetsWithMotion } from './av-align-score.js';
import { rotateEvents } from './event-times.js';
import type { PairedMetric } from './metric.js';

/** AV-Align with frame differences in the place of optical flow: not comparable with published AV-Align values, hence the name. */
export const avAlignFramediff: PairedMetric = {
  id: 'av-align-framediff',
  version: 1,
  level: 'paired',
  title: 'AV-Align on frame differences',
  summary:
    'Onsets and motion peaks less than one frame apart, as intersection over union; motion is the frame difference.',
  aliases: [],
  direction: 'higher',
  range: '0 to 1',
  citation: 'Yariv et al. 2023, arXiv:2309.16429 (TempoTokens av_align.py), there on Farnebäck optical flow',
  knownFailure:
    'Rewards many onsets: noisy motion peaks at nearly every other frame, so dense music hits by chance. Read it against the time-shift line. Video noise above 0.1 grey levels makes peaks.',
  need: { encoder: 'onset', output: 'onsets' },
  against: 'video',
  targetNeed: { encoder: 'motion', output: 'curve' },
  compare: alignOnsetsWithMotion('common'),
  rotate: rotateEvents,
};
