import type { Outcome } from '../core/outcome.js';
import type { RunSpec } from '../core/record.js';
import type { Comparison, Coverage, Estimate, SampleSize, SeedSpread, VarianceShares } from '../core/score.js';
import type { Metric } from '../metrics/metric.js';

/** What the report needs to know of a metric; `Metric` itself fits. */
export type MetricDescription = Pick<
  Metric,
  | 'id'
  | 'version'
  | 'title'
  | 'summary'
  | 'aliases'
  | 'direction'
  | 'range'
  | 'unit'
  | 'citation'
  | 'knownFailure'
  | 'level'
>;

/**
 * The result of a run as plain data. It holds no times, no host names and no absolute paths, so an interrupted and
 * resumed run gives the same leaderboard as an undisturbed one; those facts are in `Provenance`.
 */
export interface Leaderboard {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly suite: LeaderboardSuite;
  readonly protocol: RunSpec['protocol'];
  /** Seconds scored from each clip's start, or `full`. */
  readonly window: number | 'full';
  readonly seeds: readonly number[];
  /** Clips of this run; `suite.clipCount` has those of the suite. */
  readonly clipCount: number;
  readonly partial: { readonly isPartial: boolean; readonly reasons: readonly string[] };
  /** Facts about the whole run that a reader must see first, such as untrained weights. */
  readonly warnings: readonly string[];
  readonly verdict: Verdict;
  readonly primaryMetric: string;
  readonly columns: readonly Column[];
  /** Best first: by the primary metric's rank, then by its value; systems without a value last. */
  readonly rows: readonly Row[];
  readonly comparisons: readonly ComparisonRow[];
  readonly notes: readonly Note[];
  readonly clips: readonly ClipEntry[];
}

export interface LeaderboardSuite {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly clipCount: number;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
}

/** What may be said about the top of the table, by the primary metric. */
export interface Verdict {
  readonly kind: 'clear-leader' | 'tie-at-top' | 'not-ranked';
  readonly sentence: string;
}

export interface Column extends MetricDescription {
  readonly isPrimary: boolean;
  readonly yardsticks: readonly Yardstick[];
}

/** A line to hold values against. Kinds that do not apply to a metric carry their reason. */
export interface Yardstick {
  readonly kind: 'real-against-real' | 'chance-shuffled-pairs' | 'chance-time-shift';
  readonly title: string;
  /** What was held against what. */
  readonly meaning: string;
  readonly outcome: Outcome<YardstickValue>;
}

export interface YardstickValue {
  readonly value: number;
  readonly interval?: Estimate;
  /** Real against real: clips in each half. */
  readonly clipCount?: number;
  readonly repeats?: number;
}

export interface Row {
  readonly systemId: string;
  readonly version: number;
  readonly kind: 'generator' | 'files';
  readonly title: string;
  readonly summary: string;
  /** What the system looks at; empty for one that is blind, or of which nothing is known (ready-made files). */
  readonly sees: readonly string[];
  readonly sameSet: boolean;
  readonly licenceNotice?: string;
  /** One a column, in the order of the columns. */
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly metricId: string;
  readonly outcome: Outcome<Estimate>;
  readonly coverage: Coverage;
  /** Skipped: not ranked, with the reason. */
  readonly rank: Outcome<RankRange>;
  readonly smallestDetectableDifference: Outcome<number>;
  /** Set metrics: the value at the N of `real-against-real`, the one to hold against that yardstick. */
  readonly atEqualCount?: Outcome<number>;
  /** Set metrics. */
  readonly sampleSize?: SampleSize;
  /** Metrics with a value a generation. */
  readonly varianceShares?: Outcome<VarianceShares>;
  /** Set metrics. */
  readonly seedSpread?: Outcome<SeedSpread>;
}

/** The ranks that the data allow. */
export interface RankRange {
  readonly best: number;
  readonly worst: number;
  /** Counted from 1: systems that cannot be told from the best of their group. */
  readonly tieGroup: number;
}

export interface ComparisonRow {
  readonly metricId: string;
  readonly systemA: string;
  readonly systemB: string;
  readonly clipCount: number;
  readonly outcome: Comparison['outcome'];
  /** The better system where the adjusted p-value is below 0.05; left out: no difference shown. */
  readonly favours?: string;
}

export interface Note {
  readonly metricId?: string;
  /** Left out: about every system, or about the run. */
  readonly systemIds?: readonly string[];
  readonly text: string;
}

export interface ClipEntry {
  readonly clipId: string;
  /** In the order of the rows, then of the seeds. */
  readonly outputs: readonly ClipOutput[];
}

export interface ClipOutput {
  readonly systemId: string;
  readonly seed: number;
  readonly outcome: Outcome<ClipAudio>;
  /** A set metric has no value for one clip. */
  readonly scores: readonly { readonly metricId: string; readonly outcome: Outcome<number> }[];
}

export interface ClipAudio {
  /** Path inside the run folder, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
  readonly sampleRateHz: number;
  readonly durationSeconds: number;
  readonly flags: readonly string[];
}
