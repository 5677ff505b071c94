import { failed, type Outcome, ok, skipped } from '../../core/outcome.js';
import { detectOnsets } from '../../dsp/onsets.js';
import type { PeakPicking } from '../../dsp/peak-picking.js';

/** What both papers call the beat coverage score (BCS) and the beat hit score (BHS). */
export interface BeatScores {
  readonly coverage: number;
  readonly hit: number;
}

/** Whether there is an onset in each second, 1 or 0. */
export interface BeatBins {
  readonly reference: ArrayLike<number>;
  readonly generated: ArrayLike<number>;
}

/** The onset detection of D2M-GAN's `Beats_Scores` (commit 4d47a8b) and of LORIS (`beats_scores.py`, commit b5bef7d), at 22050 Hz. */
export const d2mGanPeakPicking: Partial<PeakPicking> = {
  wait: 1,
  delta: 0.2,
  preAverage: 1,
  postAverage: 1,
  postMax: 1,
};
export const lorisPeakPicking: Partial<PeakPicking> = {
  wait: 1,
  delta: 0.2,
  preAverage: 3,
  postAverage: 3,
  preMax: 3,
  postMax: 3,
};

/**
 * D2M-GAN's scores (Zhu et al. 2022, arXiv:2204.00604): coverage = seconds with an onset in the music over those in the
 * reference, hit = seconds with both over those in the reference. Coverage can exceed 1. Any steady music fills every second, so
 * that 1 says little. Failed for different lengths; not defined where the reference has no onset.
 */
export function d2mGanBeatScores(bins: BeatBins): Outcome<BeatScores> {
  const { reference, generated } = bins;
  if (reference.length !== generated.length) {
    return failed('lengths-differ', `the music has ${generated.length} seconds, the reference ${reference.length}`);
  }
  const counts = countBeats(bins);
  if (counts.reference === 0) return skipped('the reference has no onset');
  return ok({ coverage: counts.generated / counts.reference, hit: counts.both / counts.reference });
}

/**
 * LORIS's scores of the same names (Yu et al. 2023, arXiv:2305.01319), another metric: coverage = seconds with both over those with
 * an onset in the music (precision; 0 without one), hit = seconds with both over those in the reference (recall). The reference
 * is cut to the length of the music. Failed where the music is longer; not defined where the reference has no onset.
 */
export function lorisBeatScores({ reference, generated }: BeatBins): Outcome<BeatScores> {
  if (generated.length > reference.length) {
    return failed(
      'lengths-differ',
      `the music has ${generated.length} seconds, the reference only ${reference.length}`,
    );
  }
  const counts = countBeats({ reference: Array.from(reference).slice(0, generated.length), generated });
  if (counts.reference === 0) return skipped('the reference has no onset');
  return ok({
    coverage: counts.generated === 0 ? 0 : counts.both / counts.generated,
    hit: counts.both / counts.reference,
  });
}

/**
 * Which seconds of mono sound hold an onset: `ceil(duration)` values of 0 or 1; an onset at the very end counts in the last one,
 * where the originals raise an error. RangeError as `detectOnsets`.
 */
export function beatBins(
  mono: Float32Array,
  { sampleRateHz, peakPicking }: { readonly sampleRateHz: number; readonly peakPicking: Partial<PeakPicking> },
): Uint8Array {
  const bins = new Uint8Array(Math.ceil(mono.length / sampleRateHz));
  for (const time of detectOnsets(mono, { sampleRateHz, peakPicking }))
    bins[Math.min(bins.length - 1, Math.floor(time))] = 1;
  return bins;
}

function countBeats({ reference, generated }: BeatBins): { reference: number; generated: number; both: number } {
  const counts = { reference: 0, generated: 0, both: 0 };
  for (let second = 0; second < generated.length; second++) {
    const [expected, found] = [reference[second] === 1, generated[second] === 1];
    if (expected) counts.reference++;
    if (found) counts.generated++;
    if (expected && found) counts.both++;
  }
  return counts;
}
