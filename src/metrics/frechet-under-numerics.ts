import type { FeatureMatrix } from '../core/features.js';
import { mapOutcome, type Outcome } from '../core/outcome.js';
import type { Numerics } from '../core/protocol.js';
import type { NumericMatrix } from '../linalg/matrix.js';
import { pooledWindows } from './clip-sets.js';
import { frechetDistance } from './frechet-distance.js';
import { frechetOfWindows } from './frechet-of-windows.js';
import { roundToHalf } from './half-precision.js';
import type { SetMetric } from './metric.js';

/** The Fréchet distance between all windows of all clips, by the numerics of a protocol. */
export function frechetUnder({ meanOfClip }: Pick<Numerics, 'meanOfClip'>): SetMetric['compute'] {
  return meanOfClip === 'float16' ? frechetOfHalfMeans : frechetOfWindows;
}

/**
 * As in fadtk, where NumPy rounds the mean of each float16 file to float16 before files are merged (fadtk/utils.py, the parallel form of
 * Welford's sums): windows of each clip are moved together so that their mean is the rounded one, which gives the same mean and covariance.
 */
function frechetOfHalfMeans(system: readonly FeatureMatrix[], reference: readonly FeatureMatrix[]): Outcome<number> {
  const generated = pooledWindows({ clips: system, name: 'system' });
  if (generated.status !== 'ok') return generated;
  const real = pooledWindows({ clips: reference, name: 'reference' });
  if (real.status !== 'ok') return real;
  return mapOutcome(
    frechetDistance(windowsWithHalfMeans(reference), windowsWithHalfMeans(system)),
    ({ value }) => value,
  );
}

/** All windows under each other in float64, those of each clip shifted to the half-precision mean that NumPy gives: float32 sums, row after row. */
export function windowsWithHalfMeans(clips: readonly NumericMatrix[]): NumericMatrix {
  const columns = clips[0]?.columns ?? 0;
  const data = new Float64Array(clips.reduce((sum, clip) => sum + clip.data.length, 0));
  let at = 0;
  for (const clip of clips) {
    const shifts = shiftsToHalfMean(clip);
    clip.data.forEach((value, index) => {
      data[at + index] = value + shifts[index % columns]!;
    });
    at += clip.data.length;
  }
  return { rows: data.length / columns, columns, data };
}

function shiftsToHalfMean({ rows, columns, data }: NumericMatrix): Float64Array {
  const singles = new Float32Array(columns);
  const exact = new Float64Array(columns);
  data.forEach((value, index) => {
    singles[index % columns]! += value;
    exact[index % columns]! += value;
  });
  return exact.map((sum, column) => roundToHalf(Math.fround(singles[column]! / rows)) - sum / rows);
}
