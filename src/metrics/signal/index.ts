import type { Metric } from '../metric.js';
import { bandwidth } from './bandwidth.js';
import { clippedShare } from './clipped-share.js';
import { copiesOfReferences } from './copies-of-references.js';
import { copiesWithinSystem } from './copies-within-system.js';
import { dcOffset } from './dc-offset.js';
import { integratedLoudness } from './integrated-loudness.js';
import { loudnessRange } from './loudness-range.js';
import { selfRepetition } from './self-repetition.js';
import { silenceShare } from './silence-share.js';
import { stereoWidth } from './stereo-width.js';
import { truePeak } from './true-peak.js';

/** Facts about the sound files of a system, and copies among them. No suite is scored by them unless it says so. */
export const signalMetrics: readonly Metric[] = [
  clippedShare,
  silenceShare,
  integratedLoudness,
  loudnessRange,
  truePeak,
  bandwidth,
  dcOffset,
  stereoWidth,
  selfRepetition,
  copiesWithinSystem,
  copiesOfReferences,
];
