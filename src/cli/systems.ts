import { baselines } from '../baselines/index.js';
import { itemById } from '../core/item-by-id.js';
import type { Generator } from '../generate/generator.js';
import { modelSystems } from '../generate/index.js';
import type { ModelSystem } from '../generate/model-system.js';
import { generationVersion } from '../generate/vidmuse/generate-track.js';

export type BenchSystem = Generator | ModelSystem;

/** Everything that `--systems` may name: baselines from the upper bound to the lower, then what runs networks. */
export const benchSystems: readonly BenchSystem[] = [...baselines, ...modelSystems];

/** The system of this id. Throws a usage error that names the nearest ids when there is none. */
export function systemById(id: string): BenchSystem {
  return itemById(benchSystems, { id, noun: 'system' });
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
