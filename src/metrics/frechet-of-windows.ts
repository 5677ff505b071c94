import type { FeatureMatrix } from '../core/features.js';
import { mapOutcome, type Outcome } from '../core/outcome.js';
import { pooledSets } from './clip-sets.js';
import { frechetDistance } from './frechet-distance.js';

/** The Fréchet distance between all windows of all clips of a system and of the references. */
export function frechetOfWindows(
  system: readonly FeatureMatrix[],
  reference: readonly FeatureMatrix[],
): Outcome<number> {
  const sets = pooledSets(system, reference);
  if (sets.status !== 'ok') return sets;
  const { generated, real } = sets.value;
  return mapOutcome(frechetDistance(real, generated), ({ value }) => value);
}
