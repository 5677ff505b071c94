import type { FeatureMatrix } from '../core/features.js';
import { type Outcome, ok } from '../core/outcome.js';
import { pooledWindows } from './clip-sets.js';
import { frechetResampler } from './frechet-resampling.js';
import type { SetFeatures } from './metric.js';

/**
 * `frechetOfWindows` with each group of clips (by index) left out of both sets, as many clips in one as in the other. Sums over all
 * windows are taken once, and those of a group taken off them. Refuses as `frechetOfWindows` does, and where a deletion leaves
 * fewer than two windows.
 */
export function frechetWithout(
  { system, target }: SetFeatures,
  groups: readonly (readonly number[])[],
): Outcome<readonly number[]> {
  const refusal = refusalOf(system, 'system') ?? refusalOf(target, 'reference');
  if (refusal !== undefined) return refusal;
  const resampler = frechetResampler(system, target);
  if (resampler.status !== 'ok') return resampler;
  const values: number[] = [];
  for (const group of groups) {
    const multiplicities = new Uint8Array(system.length).fill(1);
    for (const clip of group) multiplicities[clip] = 0;
    const value = resampler.value.distance(multiplicities);
    if (value.status !== 'ok') return value;
    values.push(value.value);
  }
  return ok(values);
}

function refusalOf(clips: readonly FeatureMatrix[], name: 'system' | 'reference'): Outcome<never> | undefined {
  const pooled = pooledWindows({ clips, name });
  return pooled.status === 'ok' ? undefined : pooled;
}
