import type { FeatureMatrix } from '../core/features.js';
import type { Outcome } from '../core/outcome.js';
import { pooledWindows } from './clip-sets.js';
import { type KernelWithoutOptions, kernelDistancesWithout } from './kernel-distance-without.js';
import type { SetFeatures } from './metric.js';

/** The kernel distance of all windows with each group of clips (by index, no clip in two groups) left out of both sets. */
export function kernelDistancesWithoutClips(
  { system, target }: SetFeatures,
  { groups, ...options }: KernelWithoutOptions & { readonly groups: readonly (readonly number[])[] },
): Outcome<readonly number[]> {
  const generated = pooledWindows({ clips: system, name: 'system' });
  if (generated.status !== 'ok') return generated;
  const real = pooledWindows({ clips: target, name: 'reference' });
  if (real.status !== 'ok') return real;
  const sets = {
    reference: real.value,
    evaluated: generated.value,
    groupOfReference: groupOfWindows(target, groups),
    groupOfEvaluated: groupOfWindows(system, groups),
    groupCount: groups.length,
  };
  return kernelDistancesWithout(sets, options);
}

/** Clips in no group are one more. */
function groupOfWindows(clips: readonly FeatureMatrix[], groups: readonly (readonly number[])[]): Int32Array {
  const groupOfClip = new Int32Array(clips.length).fill(groups.length);
  groups.forEach((group, index) => {
    for (const clip of group) {
      if (groupOfClip[clip] !== groups.length) throw new RangeError(`clip ${clip} is in two groups`);
      groupOfClip[clip] = index;
    }
  });
  return Int32Array.from(clips.flatMap((clip, index) => new Array<number>(clip.rows).fill(groupOfClip[index]!)));
}
