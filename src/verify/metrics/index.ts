import type { FamilyRunner } from './family-runner.js';
import { klis } from './klis.js';
import { loudness } from './loudness.js';

/** The families of golden values that are checked, one runner each. */
export const metricFamilies: readonly FamilyRunner[] = [klis, loudness];
