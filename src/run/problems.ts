import { type Outcome, reasonOf } from '../core/outcome.js';
import type { GenerationRecord } from '../core/record.js';
import type { EmbeddedFeatures } from './embed-step.js';

export interface Problems {
  /** Outputs of systems that failed, are missing, or could not be analysed. */
  readonly broken: readonly string[];
  /** Videos and references of the suite that could not be read. */
  readonly unread: readonly string[];
}

/** Everything that failed, once each: a failed generation is not named again for each encoder that then had nothing to read. */
export function problemsOf(results: {
  readonly generations: readonly Pick<GenerationRecord, 'key' | 'outcome'>[];
  readonly features: EmbeddedFeatures;
}): Problems {
  const outputs = new Map(results.generations.map(({ key, outcome }) => [key, outcome]));
  const broken = [...outputs].flatMap(([key, outcome]) => describe(key, outcome));
  const unread: string[] = [];
  for (const [key, outcome] of results.features) {
    const source = key.slice(key.indexOf(':') + 1);
    const output = outputs.get(source);
    if (output === undefined) unread.push(...describe(key, outcome));
    else if (output.status === 'ok') broken.push(...describe(key, outcome));
  }
  return { broken, unread };
}

function describe(key: string, outcome: Outcome<unknown>): string[] {
  return outcome.status === 'failed' ? [`${key}: ${reasonOf(outcome)}`] : [];
}
