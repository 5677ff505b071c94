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
  readonly clips: readonly Clip[];
}
