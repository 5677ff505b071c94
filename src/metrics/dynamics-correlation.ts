import type { FeatureMatrix } from '../core/features.js';
import { type Outcome, ok, skipped } from '../core/outcome.js';
import { isConstant, largestLaggedSpearman } from './lagged-spearman.js';
import type { PairedMetric } from './metric.js';
import { rotateValues, type TimeCurve, timeCurve } from './time-curve.js';

const binsPerSecond = 4;
/** Half a second either way: what lies between a picture and a sound that seem to belong together. */
const maxLagBins = 2;
/** Four seconds; below that the largest of five rank correlations is near 1 by chance. */
const minBins = 16;
/** One second of bins, centred: the two outer ones count half. */
const smoothing = [0.5, 1, 1, 1, 0.5] as const;

/** Whether the music is loud where the picture moves. */
export const dynamicsCorrelation: PairedMetric = {
  id: 'dynamics-correlation',
  version: 1,
  level: 'paired',
  title: 'Dynamics correlation (loudness and motion)',
  summary:
    'Spearman correlation of loudness and smoothed log frame difference at 4 Hz; the best of all lags within half a second.',
  aliases: [],
  direction: 'higher',
  range: '-1 to 1',
  citation: 'Own definition; rank correlation after Spearman (1904), loudness after ITU-R BS.1770-4',
  knownFailure:
    'The best of several lags lifts chance above 0, and slow curves lift it further: read it against the chance lines. A cut or a camera pan counts as motion.',
  need: { encoder: 'loudness-curve', output: 'curve' },
  against: 'video',
  targetNeed: { encoder: 'motion', output: 'curve' },
  compare: compareDynamics,
  rotate: rotateValues,
};

function compareDynamics(audio: FeatureMatrix, target: FeatureMatrix): Outcome<number> {
  const loudness = timeCurve(audio, 'the loudness curve');
  if (loudness.status !== 'ok') return loudness;
  const motion = timeCurve(target, 'the motion curve');
  if (motion.status !== 'ok') return motion;
  const span = commonBins(loudness.value, motion.value);
  if (span.end - span.first < minBins) {
    const seconds = Math.max(0, span.end - span.first) / binsPerSecond;
    return skipped(`music and video share ${seconds} s, the correlation needs ${minBins / binsPerSecond} s`);
  }
  const loudnessBins = binMeans(loudness.value, span);
  const energy = { ...motion.value, values: motion.value.values.map((value) => Math.log1p(Math.max(0, value))) };
  const motionBins = smooth(binMeans(energy, span));
  if (isConstant(loudnessBins)) return skipped('the loudness is constant, so it has no rank order');
  if (isConstant(motionBins)) return skipped('the motion is constant, so it has no rank order');
  const correlation = largestLaggedSpearman(loudnessBins, motionBins, { largestLag: maxLagBins });
  return correlation === undefined ? skipped('no lag leaves two curves that vary') : ok(correlation);
}

/** Bins of the 4 Hz grid, from `first` to `end` (not included); bin b covers the time from b / 4 s on. */
interface BinSpan {
  readonly first: number;
  readonly end: number;
}

/** The bins that both curves cover. A point stands for the time from it to the next one. */
function commonBins(a: TimeCurve, b: TimeCurve): BinSpan {
  const starts = [a, b].map(({ timesSeconds }) => timesSeconds[0]!);
  const ends = [a, b].map(({ timesSeconds, stepSeconds }) => timesSeconds.at(-1)! + stepSeconds);
  // The margin keeps a bin whose end is missed by the rounding of float32 times.
  const end = Math.floor(Math.min(...ends) * binsPerSecond + 1e-3);
  return { first: Math.floor(Math.max(...starts) * binsPerSecond), end };
}

/** Mean of the values in each bin; a bin without any takes the last value before it, or the first one of the curve. */
function binMeans({ timesSeconds, values }: TimeCurve, { first, end }: BinSpan): Float64Array {
  const sums = new Float64Array(end - first);
  const counts = new Uint32Array(end - first);
  let before = values[0]!;
  for (const [index, time] of timesSeconds.entries()) {
    // The margin puts a float32 time that should be a bin's start into that bin.
    const bin = Math.floor(time * binsPerSecond + 1e-4) - first;
    if (bin < 0) before = values[index]!;
    if (bin < 0 || bin >= sums.length) continue;
    sums[bin]! += values[index]!;
    counts[bin]! += 1;
  }
  for (let bin = 0; bin < sums.length; bin++) {
    if (counts[bin]! > 0) before = sums[bin]! / counts[bin]!;
    sums[bin] = before;
  }
  return sums;
}

/** Weighted mean of each bin and two on either side; at the ends over the bins that exist. */
function smooth(bins: Float64Array): Float64Array {
  return bins.map((_, centre) => {
    let sum = 0;
    let weights = 0;
    smoothing.forEach((weight, offset) => {
      const value = bins[centre + offset - 2];
      if (value === undefined) return;
      sum += weight * value;
      weights += weight;
    });
    return sum / weights;
  });
}
