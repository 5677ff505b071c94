import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { nonFiniteRow } from '../linalg/matrix.js';
import { columnOf, timeCurve } from './time-curve.js';

/** Peaks of the motion curve below this height are noise (`av_align.py`; there in pixels of flow). */
const minPeakHeight = 0.1;

/**
 * Indices of the peaks of a curve as AV-Align picks them: strictly above both neighbours and at least 0.1 high; the ends
 * are never peaks (Yariv et al. 2023, arXiv:2309.16429; TempoTokens `av_align.py`, commit bf0b1e3).
 */
export function peakIndices(curve: ArrayLike<number>): number[] {
  const peaks: number[] = [];
  for (let index = 1; index < curve.length - 1; index++) {
    const value = curve[index]!;
    if (value > curve[index - 1]! && value > curve[index + 1]! && value >= minPeakHeight) peaks.push(index);
  }
  return peaks;
}

export interface AvAlignPeaks {
  /** Onset times in seconds, in the order in which they choose. */
  readonly audioPeaks: readonly number[];
  /** Times of motion peaks in seconds. */
  readonly videoPeaks: readonly number[];
  readonly framesPerSecond: number;
}

/**
 * AV-Align's intersection over union: each audio peak in turn takes the first free video peak that is less than one
 * frame away; hits / (audio + video - hits). Greedy, not the best matching, as in the original. Without a peak on
 * either side it is not defined.
 */
export function avAlignScore({ audioPeaks, videoPeaks, framesPerSecond }: AvAlignPeaks): Outcome<number> {
  if (!(framesPerSecond > 0)) return failed('bad-frame-rate', `the frame rate must be above 0, got ${framesPerSecond}`);
  if (![...audioPeaks, ...videoPeaks].every(Number.isFinite)) return failed('not-finite', 'a peak time is not finite');
  if (audioPeaks.length + videoPeaks.length === 0) return skipped('neither the music nor the video has a peak');
  const window = 1 / framesPerSecond;
  const free = new Set(videoPeaks.keys());
  let hits = 0;
  for (const audio of audioPeaks) {
    // Compared as in the original, so that rounding at exactly one frame falls the same way.
    const match = [...free].find((index) => videoPeaks[index]! - window < audio && audio < videoPeaks[index]! + window);
    if (match === undefined) continue;
    free.delete(match);
    hits++;
  }
  return ok(hits / (audioPeaks.length + videoPeaks.length - hits));
}

/** What of the music and of the video counts: all of both, as in `av_align.py`, or the time that both cover. */
export type AlignedSpan = 'all' | 'common';

/**
 * Holds the onsets of a sound, [time, duration of the sound] in seconds, no rows without onsets, against a motion curve, [time, motion]. Skipped: a
 * curve of fewer than three frames, and no peak on either side.
 */
export function alignOnsetsWithMotion(
  span: AlignedSpan,
): (audio: FeatureMatrix, target: FeatureMatrix) => Outcome<number> {
  return (audio, target) => {
    if (audio.columns !== 2) return failed('dimensions-differ', `the onsets have ${audio.columns} columns, not 2`);
    const badRow = nonFiniteRow(audio);
    if (badRow !== undefined) return failed('not-finite', `onset ${badRow} holds a value that is not finite`);
    const curve = timeCurve(target, 'the motion curve');
    if (curve.status !== 'ok') return curve;
    const { timesSeconds, values, stepSeconds } = curve.value;
    const videoEnd = timesSeconds.at(-1)! + stepSeconds;
    // Without onsets the length of the sound is unknown: all of the video then counts.
    const end = audio.rows === 0 ? videoEnd : Math.min(videoEnd, audio.data[1]!);
    const counts = (time: number): boolean => span === 'all' || (time >= timesSeconds[0]! && time < end);
    return avAlignScore({
      audioPeaks: [...columnOf(audio, 0)].sort((a, b) => a - b).filter(counts),
      videoPeaks: peakIndices(values)
        .map((index) => timesSeconds[index]!)
        .filter(counts),
      framesPerSecond: 1 / stepSeconds,
    });
  };
}
