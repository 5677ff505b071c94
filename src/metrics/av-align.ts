import { alignOnsetsWithMotion } from './av-align-score.js';
import { rotateEvents } from './event-times.js';
import type { PairedMetric } from './metric.js';

/** AV-Align as published, on optical flow. Costly, so no suite asks for it by itself: `av-align-framediff` stands in there. */
export const avAlign: PairedMetric = {
  id: 'av-align',
  version: 1,
  level: 'paired',
  title: 'AV-Align',
  summary:
    "Onsets and motion peaks less than one frame apart, as intersection over union; motion is Farnebäck's optical flow.",
  aliases: ['AV-Align', 'AV-Align IoU'],
  direction: 'higher',
  range: '0 to 1',
  citation: 'Yariv et al. 2023, arXiv:2309.16429 (TempoTokens av_align.py, commit bf0b1e3)',
  knownFailure:
    'Rewards many onsets: noisy motion peaks at nearly every other frame, so dense music hits by chance. Read it against the time-shift line. Peaks count from 0.1 pixels a frame on, so the same film at another size, or at another frame rate, scores otherwise.',
  need: { encoder: 'onset', output: 'onsets' },
  against: 'video',
  targetNeed: { encoder: 'optical-flow', output: 'curve' },
  compare: alignOnsetsWithMotion('all'),
  rotate: rotateEvents,
};
