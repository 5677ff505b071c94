import { type Outcome, ok } from '../core/outcome.js';
import { frechetResampler } from './frechet-resampling.js';
import type { SetFeatures } from './metric.js';

/** `frechetOfWindows` with each group of clips left out of both sides. Refuses as the resampler does, or where too few windows stay. */
export function frechetWithout(
  { system, target }: SetFeatures,
  groups: readonly (readonly number[])[],
): Outcome<readonly number[]> {
  const resampler = frechetResampler(system, target);
  if (resampler.status !== 'ok') return resampler;
  const values: number[] = [];
  for (const group of groups) {
    const left = new Set(group);
    const distance = resampler.value.distance(Uint8Array.from(system, (_, clip) => (left.has(clip) ? 0 : 1)));
    if (distance.status !== 'ok') return distance;
    values.push(distance.value);
  }
  return ok(values);
}
