import type { Outcome } from './outcome.js';

/** A value with the uncertainty that comes from having only these clips. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Nominal coverage, 0.95. */
  readonly level: number;
  /**
   * `group-jackknife-t` leaves out groups of clips, not one; `jackknife-wilson` joins either with Wilson's interval of a share;
   * `bootstrap-standard-error-t` is Student's, with the standard deviation of resampled differences as the standard error;
   * `shuffles-range` goes from the least to the largest value of random pairings.
   */
  readonly method:
    | 'bootstrap-bca'
    | 'bootstrap-percentile'
    | 'bootstrap-standard-error-t'
    | 'jackknife-t'
    | 'group-jackknife-t'
    | 'jackknife-wilson'
    | 'shuffles-range';
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

/** What a set metric was computed from. */
export interface SampleSize {
  readonly clips: number;
  /** Rows of the system's features, all clips and seeds together. */
  readonly windows: number;
  readonly dimensions: number;
}

/** Where the differences between single generations come from: their clip, or the seed. Shares add to 1. */
export interface VarianceShares {
  readonly clipShare: number;
  readonly seedShare: number;
  /** Unbiased estimates; that of clips can fall below 0, where its share is 0. */
  readonly clipVariance: number;
  readonly seedVariance: number;
  readonly clipCount: number;
  readonly generationCount: number;
}

/** A set metric on the generations of each seed alone. */
export interface SeedSpread {
  readonly values: readonly { readonly seed: number; readonly value: number }[];
  /** With n - 1. */
  readonly standardDeviation: number;
}

/** One cell of the leaderboard. */
export interface Figure {
  readonly metric: MetricRef;
  readonly systemId: string;
  readonly outcome: Outcome<Estimate>;
  readonly coverage: Coverage;
  /** The smallest true difference from a fixed value that N clips would have shown with 80 % power at the 5 % level. */
  readonly smallestDetectableDifference: Outcome<number>;
  readonly clipIds: readonly string[];
  /**
   * What comparisons are made from. Set metrics: the value with each clip left out, in the order of `clipIds`, or with each group of
   * clips left out (above 100 clips; equal clips have equal groups); with `bootstrap-percentile` on each resample (equal numbers of clips
   * have equal resamples). Others: the value of each clip.
   */
  readonly clipValues: readonly number[];
  /** Set metrics only. Like the two below, absent from scores of earlier versions. */
  readonly sampleSize?: SampleSize;
  /** Metrics with a value for each generation; skipped for one seed. */
  readonly varianceShares?: Outcome<VarianceShares>;
  /** Set metrics; skipped for one seed. */
  readonly seedSpread?: Outcome<SeedSpread>;
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
    readonly test: 'paired-bootstrap' | 'jackknife-t' | 'bootstrap-standard-error-t';
  }>;
}

export interface Scores {
  readonly schemaVersion: 1;
  readonly figures: readonly Figure[];
  readonly baselines: readonly MetricBaselines[];
  readonly comparisons: readonly Comparison[];
}
