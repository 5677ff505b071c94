import type { Outcome } from './outcome.js';

/** A value with the uncertainty that comes from having only these clips. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Nominal coverage, 0.95. */
  readonly level: number;
  /** `shuffles-range`: from the least to the largest value of random pairings. */
  readonly method: 'bootstrap-bca' | 'bootstrap-percentile' | 'jackknife-t' | 'shuffles-range';
  readonly standardError: number;
}

export interface MetricRef {
  readonly id: string;
  readonly version: number;
}

/** One paired metric on one generation. */
export interface ClipScore {
  readonly metric: MetricRef;
  readonly systemId: string;
  readonly clipId: string;
  readonly seed: number;
  readonly outcome: Outcome<number>;
}

export interface Coverage {
  /** Clips that entered the figure. */
  readonly scored: number;
  /** Clips of the suite. */
  readonly total: number;
  readonly missing: readonly { readonly clipId: string; readonly reason: string }[];
}

/** One cell of the leaderboard. */
export interface Figure {
  readonly metric: MetricRef;
  readonly systemId: string;
  readonly outcome: Outcome<Estimate>;
  readonly coverage: Coverage;
  /** The smallest true difference from a fixed value that N clips would have shown with 80 % power at the 5 % level. */
  readonly smallestDetectableDifference: Outcome<number>;
  /** Set metrics: the value with each clip left out, in the order of `clipIds`; feeds paired comparisons. Paired metrics: the value of each clip. */
  readonly clipIds: readonly string[];
  readonly clipValues: readonly number[];
}

/** The two lines without which a metric's numbers mean nothing. */
export interface MetricBaselines {
  readonly metric: MetricRef;
  /** Two halves of the references against each other, with the N of a half. */
  readonly realAgainstReal: Outcome<{ readonly value: number; readonly clipCount: number; readonly repeats: number }>;
  /** What `realAgainstReal` is for this metric, in words: a paired metric has no two halves to hold against each other. */
  readonly realAgainstRealMeaning: string;
  /** For set metrics: each system against the references at the N of a half, to be compared with `realAgainstReal`. */
  readonly systemsAtEqualCount: readonly { readonly systemId: string; readonly outcome: Outcome<number> }[];
  /** References scored against the wrong clip. */
  readonly chanceShuffledPairs: Outcome<Estimate>;
  /** Time-local metrics: references rotated in time by a random amount. */
  readonly chanceTimeShift: Outcome<Estimate>;
}

export interface Comparison {
  readonly metric: MetricRef;
  readonly systemA: string;
  readonly systemB: string;
  readonly clipCount: number;
  /** A minus B over the clips both have. */
  readonly outcome: Outcome<{
    readonly difference: Estimate;
    readonly pValue: number;
    /** Holm over all pairs of this metric. */
    readonly adjustedPValue: number;
    readonly test: 'paired-bootstrap' | 'jackknife-t';
  }>;
}

export interface Scores {
  readonly schemaVersion: 1;
  readonly figures: readonly Figure[];
  readonly baselines: readonly MetricBaselines[];
  readonly comparisons: readonly Comparison[];
}
