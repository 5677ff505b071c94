import type { FeatureMatrix } from '../../core/features.js';
import { failed, type Outcome, ok } from '../../core/outcome.js';
import { type ClipSet, clipMeans } from '../clip-sets.js';

/**
 * Cosines of the mean vectors of all clips of two sets: [system, video], row-major. A function of its arguments alone; it remembers
 * what it was asked, so that leaving out one clip after another costs no new products.
 */
export type ClipCosines = (system: readonly FeatureMatrix[], video: readonly FeatureMatrix[]) => Outcome<Float64Array>;

/** Refuses sets of other sizes, other dimensions, broken values and vectors of 0, which have no direction. */
export function rememberingClipCosines(): ClipCosines {
  const directions = new WeakMap<FeatureMatrix, Float64Array>();
  const cosines = new WeakMap<FeatureMatrix, WeakMap<FeatureMatrix, number>>();

  const cosineOf = (a: FeatureMatrix, b: FeatureMatrix): number => {
    const known = cosines.get(a) ?? new WeakMap<FeatureMatrix, number>();
    cosines.set(a, known);
    const cosine = known.get(b) ?? dot(directions.get(a)!, directions.get(b)!);
    known.set(b, cosine);
    return cosine;
  };

  return (system, video) => {
    const refused =
      rememberDirections({ clips: system, name: 'system' }, directions) ??
      rememberDirections({ clips: video, name: 'video' }, directions) ??
      unlikeSets(system, video);
    if (refused !== undefined) return refused;
    const table = new Float64Array(system.length * video.length);
    system.forEach((a, row) => {
      video.forEach((b, column) => {
        table[row * video.length + column] = cosineOf(a, b);
      });
    });
    return ok(table);
  };
}

function rememberDirections(
  set: ClipSet,
  directions: WeakMap<FeatureMatrix, Float64Array>,
): Exclude<Outcome<never>, { status: 'ok' }> | undefined {
  if (set.clips.length > 0 && set.clips.every((clip) => directions.has(clip))) return undefined;
  const means = clipMeans(set);
  if (means.status !== 'ok') return means;
  const { columns, data } = means.value;
  for (const [index, clip] of set.clips.entries()) {
    const mean = data.subarray(index * columns, (index + 1) * columns);
    const length = Math.sqrt(dot(mean, mean));
    if (length === 0)
      return failed(
        'zero-embedding',
        `the embedding of clip ${index} of the ${set.name} set is zero, which has no direction`,
      );
    directions.set(
      clip,
      Float64Array.from(mean, (value) => value / length),
    );
  }
  return undefined;
}

function unlikeSets(
  system: readonly FeatureMatrix[],
  video: readonly FeatureMatrix[],
): Exclude<Outcome<never>, { status: 'ok' }> | undefined {
  if (system.length !== video.length)
    return failed('unpaired', `${system.length} pieces of music against ${video.length} videos`);
  const [a, b] = [system[0]!.columns, video[0]!.columns];
  return a === b ? undefined : failed('dimensions-differ', `the music has ${a} values a row, the videos ${b}`);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
