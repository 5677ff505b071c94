import type { FamilyRunner } from './family-runner.js';
import { klis } from './klis.js';

/** The families of golden values that are checked, one runner each. */
export const metricFamilies: readonly FamilyRunner[] = [klis];
