import { diversity } from './diversity.js';
import type { FamilyRunner } from './family-runner.js';
import { frechet } from './frechet.js';
import { kad } from './kad.js';
import { klis } from './klis.js';
import { prdc } from './prdc.js';

/** The families of golden values that are checked, one runner each. */
export const metricFamilies: readonly FamilyRunner[] = [diversity, frechet, kad, klis, prdc];
