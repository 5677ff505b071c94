import { failed, type Outcome, ok, skipped } from '../core/outcome.js';

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
