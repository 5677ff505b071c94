import type { Clip } from './clip.js';

/** Clips plus the rule by which they are judged. Plain data; its identity is a hash (see `suites/suite-identity`). */
export interface Suite {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly licence: string;
  readonly citation: string;
  readonly protocol: string;
  /** Metric ids, in the order of the table's columns. */
  readonly metrics: readonly string[];
  /** The column that orders the leaderboard. */
  readonly primaryMetric: string;
  /** System ids that run when `--systems` is not given. */
  readonly systems: readonly string[];
  /** Seconds that are used from each clip's start, or `full`. Left out: the run chooses. */
  readonly window?: number | 'full';
  /** What a reader of every table must know of this copy: missing videos, duplicates. Left out: nothing. */
  readonly notes?: readonly string[];
  readonly clips: readonly Clip[];
}
