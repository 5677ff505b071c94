import { BenchError } from '../core/errors.js';
import { nearestNames } from '../core/nearest-names.js';
import type { Generator } from '../generate/generator.js';
import { composer } from './composer.js';
import { noise } from './noise.js';
import { reference } from './reference.js';
import { retrieval } from './retrieval.js';
import { shuffled } from './shuffled.js';
import { silence } from './silence.js';

/** The systems that ship with the benchmark, from the upper bound to the lower. */
export const baselines: readonly Generator[] = [reference, retrieval, composer, shuffled, noise, silence];

/** The baseline of this id. Throws a usage error that names the nearest ids when there is none. */
export function baselineById(id: string): Generator {
  const found = baselines.find((baseline) => baseline.id === id);
  if (found !== undefined) return found;
  const ids = baselines.map((baseline) => baseline.id);
  const near = nearestNames(id, ids);
  throw new BenchError({
    code: 'baseline-not-found',
    kind: 'usage',
    problem: `there is no baseline '${id}'`,
    remedy: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Use one of ${ids.join(', ')}`,
  });
}
