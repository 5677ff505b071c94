import type { SystemSpec } from '../core/record.js';
import type { Generator } from '../generate/generator.js';

/** A system that a run can ask for music: a generator, or files that are already there. */
export type RunnableSystem = GeneratorSystem | FilesSystem;

export interface GeneratorSystem {
  readonly spec: SystemSpec;
  readonly generator: Generator;
}

export interface FilesSystem {
  readonly spec: SystemSpec;
  /** Path by `clipId/seed`. */
  readonly files: ReadonlyMap<string, string>;
}

export function generatorSystem(generator: Generator): GeneratorSystem {
  const { id, version, title, summary, sees, sameSet, licenceNotice, contentHash } = generator;
  const notice = licenceNotice === undefined ? {} : { licenceNotice };
  const content = contentHash === undefined ? {} : { contentHash };
  return { spec: { id, version, kind: 'generator', title, summary, sees, sameSet, ...notice, ...content }, generator };
}
