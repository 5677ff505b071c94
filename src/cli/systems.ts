import { baselines } from '../baselines/index.js';
import { BenchError } from '../core/errors.js';
import { nearestNames } from '../core/nearest-names.js';
import type { Generator } from '../generate/generator.js';
import { modelSystems } from '../generate/index.js';
import type { ModelSystem } from '../generate/model-system.js';
import { generationVersion } from '../generate/vidmuse/generate-track.js';

export type BenchSystem = Generator | ModelSystem;

/** Everything that `--systems` may name: baselines from the upper bound to the lower, then what runs networks. */
export const benchSystems: readonly BenchSystem[] = [...baselines, ...modelSystems];

/** The system of this id. Throws a usage error that names the nearest ids when there is none. */
export function systemById(id: string): BenchSystem {
  const found = benchSystems.find((system) => system.id === id);
  if (found !== undefined) return found;
  const ids = benchSystems.map((system) => system.id);
  const near = nearestNames(id, ids);
  throw new BenchError({
    code: 'system-not-found',
    kind: 'usage',
    problem: `there is no system '${id}'`,
    remedy: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Use one of ${ids.join(', ')}`,
  });
}

/** A system without what makes it run. */
export function describeSystem(system: BenchSystem): {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly sees: readonly string[];
} {
  const { id, title, summary } = system;
  const isModel = 'open' in system;
  const version = isModel ? generationVersion : system.version;
  return { id, version, title, summary, sees: isModel ? ['frames'] : system.sees };
}
