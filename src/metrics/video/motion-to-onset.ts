import type { FeatureMatrix } from '../../core/features.js';
import { type Outcome, ok, skipped } from '../../core/outcome.js';
import { meanRanks } from '../../stats/mean-ranks.js';
import { eventTimes, rotateEvents } from '../event-times.js';
import type { PairedMetric } from '../metric.js';
import { timeCurve } from '../time-curve.js';

/** How far an onset may be from the frame that moves: what seems to happen at once, and no less than one frame. */
const toleranceSeconds = 0.05;

/** Whether the picture moves most where something begins in the music; unlike AV-Align it does not depend on how much begins. */
export const motionToOnset: PairedMetric = {
  id: 'motion-to-onset',
  version: 1,
  level: 'paired',
  title: 'Motion at onsets',
  summary:
    'Probability that the picture moves more at an onset of the music than at a frame drawn at random, each with the frames within 50 ms; 0.5 is chance.',
  aliases: [],
  direction: 'higher',
  range: '0 to 1',
  citation: 'Own definition: the rank statistic of Mann & Whitney 1947 over frame differences',
  knownFailure:
    'Onsets everywhere give 0.5, even where they fit. Slow changes count as well as sudden ones: music that is busy where the picture is restless scores above 0.5 without any onset in its place, so read it against the time-shift line. A cut counts as motion.',
  need: { encoder: 'onset', output: 'onsets' },
  against: 'video',
  targetNeed: { encoder: 'motion', output: 'curve' },
  compare: motionAtOnsets,
  rotate: rotateEvents,
};

function motionAtOnsets(audio: FeatureMatrix, target: FeatureMatrix): Outcome<number> {
  const onsets = eventTimes(audio, 'onsets of the music');
  if (onsets.status !== 'ok') return onsets;
  const motion = timeCurve(target, 'the motion curve');
  if (motion.status !== 'ok') return motion;
  const { timesSeconds, values, stepSeconds } = motion.value;
  const frameCount = values.findLastIndex((_, frame) => timesSeconds[frame]! < onsets.value.durationSeconds) + 1;
  const reach = Math.max(1, Math.round(toleranceSeconds / stepSeconds));
  const strongest = strongestWithin(values.subarray(0, frameCount), reach);
  if (strongest.every((value) => value === strongest[0])) return skipped('the picture moves the same all the time');
  const end = timesSeconds[0]! + frameCount * stepSeconds;
  const frames = onsets.value.timesSeconds
    .filter((time) => time >= timesSeconds[0]! && time < end)
    .map((time) => Math.min(frameCount - 1, Math.round((time - timesSeconds[0]!) / stepSeconds)));
  if (frames.length === 0) return skipped('there are no onsets of the music before the video ends');
  // A rank from 1 with ties at their mean, less a half, is the number of frames below with ties counted half.
  const ranks = meanRanks(strongest);
  return ok(frames.reduce((sum, frame) => sum + (ranks[frame]! - 0.5) / frameCount, 0) / frames.length);
}

/** The largest value within `reach` frames to either side of each. */
function strongestWithin(values: Float64Array, reach: number): Float64Array {
  return values.map((_, frame) => Math.max(...values.subarray(Math.max(0, frame - reach), frame + reach + 1)));
}
