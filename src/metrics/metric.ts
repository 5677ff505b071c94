import type { FeatureMatrix, FeatureNeed } from '../core/features.js';
import type { Outcome } from '../core/outcome.js';
import type { Numerics } from '../core/protocol.js';

/** Which way is good; `neither` for facts such as loudness, which describe and do not rank. */
export type Direction = 'higher' | 'lower' | 'neither';

interface MetricBasics {
  /** Stable name; a change of direction, space or convention is another id. */
  readonly id: string;
  /** Raised by any change that can move a number. */
  readonly version: number;
  readonly title: string;
  /** One sentence for tables and `metrics list`. */
  readonly summary: string;
  /** Names that papers use for it. */
  readonly aliases: readonly string[];
  readonly direction: Direction;
  readonly range: string;
  readonly unit?: string;
  readonly citation: string;
  readonly knownFailure: string;
  /** What is read from the music under test. */
  readonly need: FeatureNeed;
  /** Of data that the metric brings itself, such as published statistics; part of the run's identity. */
  readonly contentHash?: string;
}

/** Judges the outputs of a system as one set. */
export interface SetMetric extends MetricBasics {
  readonly level: 'set';
  /**
   * `reference`: the same output read from the references' music; `video`: `targetNeed` read from the clips' pictures;
   * `nothing`: the system alone (Vendi score).
   */
  readonly against: 'reference' | 'video' | 'nothing';
  /** With `video`: what is read from the pictures. */
  readonly targetNeed?: FeatureNeed;
  readonly minClips: number;
  /**
   * One matrix a clip (rows: windows), both lists in the order of the clips; no targets with `nothing`. Refuses with a tagged
   * outcome, never with NaN.
   */
  compute(system: readonly FeatureMatrix[], target: readonly FeatureMatrix[]): Outcome<number>;
  /** True: random draws go by the places of the clips, so that another order gives another value. Scoring sorts clips by id. */
  readonly orderMatters?: true;
  /** `compute` by the numerics of a protocol; left out: none of them reach this metric. */
  readonly under?: (numerics: Numerics) => SetMetric['compute'];
  /** The value with each group of clips (by index) left out on both sides: what `compute` gives, to rounding, in less time. */
  readonly leaveOut?: (sets: SetFeatures, groups: readonly (readonly number[])[]) => Outcome<readonly number[]>;
  /**
   * The value on each resample of clips (by index, drawn with replacement, the same on both sides). Given by metrics that a jackknife does
   * not hold for, such as a median: their interval is the percentile bootstrap.
   */
  readonly resampled?: (sets: SetFeatures, draws: readonly (readonly number[])[]) => Outcome<readonly number[]>;
  /** One outcome a clip, where clips have values of their own; `compute` is their mean. */
  readonly perClip?: (sets: SetFeatures) => Outcome<readonly Outcome<number>[]>;
  /** With `video`: what blind music scores on N clips, where that is known exactly (recall at k: k / N). */
  readonly chance?: (clipCount: number) => number;
}

/** The arguments of `compute` under one name. */
export interface SetFeatures {
  readonly system: readonly FeatureMatrix[];
  readonly target: readonly FeatureMatrix[];
}

/** Judges one generation against something of its own clip. */
export interface PairedMetric extends MetricBasics {
  readonly level: 'paired';
  /** The clip's own music, its pictures, its caption, or its annotated beats and cuts. */
  readonly against: 'reference' | 'video' | 'caption' | 'annotations';
  readonly targetNeed: FeatureNeed;
  compare(audio: FeatureMatrix, target: FeatureMatrix): Outcome<number>;
  /** `compare` by the numerics of a protocol; left out: none of them reach this metric. */
  readonly under?: (numerics: Numerics) => PairedMetric['compare'];
  /** Time-local metrics: the same music rotated in time by `fraction` of its length; gives the time-shift chance level. */
  readonly rotate?: (audio: FeatureMatrix, fraction: number) => FeatureMatrix;
}

/** Describes one generation by itself (clipping, loudness, bandwidth), or by what its encoder made of it and its clip together. */
export interface SignalMetric extends MetricBasics {
  readonly level: 'signal';
  /** What the encoder has held the sound against already; left out: nothing. */
  readonly heldAgainst?: 'video';
  /** With `heldAgainst`: what stands in place of a chance level, because pairs of other clips have no features; a clause. */
  readonly blindGuess?: string;
  measure(audio: FeatureMatrix): Outcome<number>;
}

/** Metrics with one value a generation. */
export type ClipMetric = PairedMetric | SignalMetric;

export type Metric = SetMetric | ClipMetric;

export function isClipMetric(metric: Metric): metric is ClipMetric {
  return metric.level !== 'set';
}

/** Everything that is read from the clip itself, by where it is read; the music under test is not among it. */
export function targetNeedsOf(metric: Metric, source: PairedMetric['against']): FeatureNeed[] {
  if (metric.level === 'signal' || metric.against !== source) return [];
  const need = metric.targetNeed ?? (metric.against === 'reference' ? metric.need : undefined);
  return need === undefined ? [] : [need];
}

/** The metric as the numerics of a protocol have it. */
export function underNumerics(metric: Metric, numerics: Numerics): Metric {
  if (metric.level === 'set') {
    if (metric.under === undefined) return metric;
    const compute = metric.under(numerics);
    if (compute === metric.compute) return metric;
    // The fast ways to leave clips out follow the metric's own numerics.
    const { leaveOut: _, ...rest } = metric;
    return { ...rest, compute };
  }
  if (metric.level === 'paired')
    return metric.under === undefined ? metric : { ...metric, compare: metric.under(numerics) };
  return metric;
}
