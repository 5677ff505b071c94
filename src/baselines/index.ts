import { itemById } from '../core/item-by-id.js';
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
  return itemById(baselines, { id, noun: 'baseline' });
}
