import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome } from '../core/outcome.js';
import { nonFiniteRow } from '../linalg/matrix.js';
import { avAlignScore, peakIndices } from './av-align.js';
import { rotateEvents } from './event-times.js';
import type { PairedMetric } from './metric.js';
import { columnOf, timeCurve } from './time-curve.js';

/** AV-Align with frame differences in the place of optical flow: not comparable with published AV-Align values, hence the name. */
export const avAlignFramediff: PairedMetric = {
  id: 'av-align-framediff',
  version: 1,
  level: 'paired',
  title: 'AV-Align on frame differences',
  summary:
    'Onsets and motion peaks less than one frame apart, as intersection over union; motion is the frame difference.',
  aliases: ['AV-Align', 'AV-Align IoU'],
  direction: 'higher',
  range: '0 to 1',
  citation: 'Yariv et al. 2023, arXiv:2309.16429 (TempoTokens av_align.py), there on Farnebäck optical flow',
  knownFailure:
    'Rewards many onsets: noisy motion peaks at nearly every other frame, so dense music hits by chance. Read it against the time-shift line. Video noise above 0.1 grey levels makes peaks.',
  need: { encoder: 'onset', output: 'onsets' },
  against: 'video',
  targetNeed: { encoder: 'motion', output: 'curve' },
  compare: compareOnsets,
  rotate: rotateEvents,
};

/** `audio`: [onset time, duration of the sound] in seconds, no rows without onsets; `target`: [time, frame difference]. */
function compareOnsets(audio: FeatureMatrix, target: FeatureMatrix): Outcome<number> {
  if (audio.columns !== 2) return failed('dimensions-differ', `the onsets have ${audio.columns} columns, not 2`);
  const badRow = nonFiniteRow(audio);
  if (badRow !== undefined) return failed('not-finite', `onset ${badRow} holds a value that is not finite`);
  const curve = timeCurve(target, 'the motion curve');
  if (curve.status !== 'ok') return curve;
  const { timesSeconds, values, stepSeconds } = curve.value;
  const videoEnd = timesSeconds.at(-1)! + stepSeconds;
  // Without onsets the length of the sound is unknown: all of the video then counts.
  const end = audio.rows === 0 ? videoEnd : Math.min(videoEnd, audio.data[1]!);
  const inSpan = (time: number): boolean => time >= timesSeconds[0]! && time < end;
  return avAlignScore({
    audioPeaks: [...columnOf(audio, 0)].sort((a, b) => a - b).filter(inSpan),
    videoPeaks: peakIndices(values)
      .map((index) => timesSeconds[index]!)
      .filter(inSpan),
    framesPerSecond: 1 / stepSeconds,
  });
}
