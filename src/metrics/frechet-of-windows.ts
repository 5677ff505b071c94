import type { FeatureMatrix } from '../core/features.js';
import { mapOutcome, type Outcome } from '../core/outcome.js';
import { pooledWindows } from './clip-sets.js';
import { frechetDistance } from './frechet-distance.js';

/** The Fréchet distance between all windows of all clips of a system and of the references. */
export function frechetOfWindows(
  system: readonly FeatureMatrix[],
  reference: readonly FeatureMatrix[],
): Outcome<number> {
  const generated = pooledWindows({ clips: system, name: 'system' });
  if (generated.status !== 'ok') return generated;
  const real = pooledWindows({ clips: reference, name: 'reference' });
  if (real.status !== 'ok') return real;
  return mapOutcome(frechetDistance(real.value, generated.value), ({ value }) => value);
}
