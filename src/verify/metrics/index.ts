import { diversity } from './diversity.js';
import type { FamilyRunner } from './family-runner.js';
import { frechet } from './frechet.js';
import { kad } from './kad.js';
import { klis } from './klis.js';
import { loudness } from './loudness.js';
import { prdc } from './prdc.js';
import { rhythm } from './rhythm.js';
import { stats } from './stats.js';

/** The families of golden values that are checked, one runner each. */
export const metricFamilies: readonly FamilyRunner[] = [diversity, frechet, kad, klis, loudness, prdc, rhythm, stats];
