import type { FeatureMatrix, FeatureNeed } from '../core/features.js';
import type { Outcome } from '../core/outcome.js';

interface MetricDescription {
  /** Stable name; a change of direction, space or convention is another id. */
  readonly id: string;
  /** Raised by any change that can move a number. */
  readonly version: number;
  readonly title: string;
  /** One sentence for tables and `metrics list`. */
  readonly summary: string;
  /** Names that papers use for it. */
  readonly aliases: readonly string[];
  readonly direction: 'higher' | 'lower';
  readonly range: string;
  readonly unit?: string;
  readonly citation: string;
  readonly knownFailure: string;
}

/** Judges the outputs of a system as one set against the set of references. */
export interface SetMetric extends MetricDescription {
  readonly level: 'set';
  /** The same output is read from the systems' and the references' audio. */
  readonly need: FeatureNeed;
  readonly minClips: number;
  /** Whether the value also needs the references (Vendi score does not). */
  readonly usesReferences: boolean;
  /** One matrix a clip (rows: windows). Refuses with a tagged outcome, never with NaN. */
  compute(system: readonly FeatureMatrix[], reference: readonly FeatureMatrix[]): Outcome<number>;
}

/** Judges one generation against its own clip. */
export interface PairedMetric extends MetricDescription {
  readonly level: 'paired';
  /** What is read from the music under test. */
  readonly need: FeatureNeed;
  /** What it is held against: the clip's reference music or its pictures. */
  readonly against: 'reference' | 'video';
  readonly targetNeed: FeatureNeed;
  compare(audio: FeatureMatrix, target: FeatureMatrix): Outcome<number>;
  /** Time-local metrics: the same music rotated in time by `fraction` of its length; gives the time-shift chance level. */
  readonly rotate?: (audio: FeatureMatrix, fraction: number) => FeatureMatrix;
}

export type Metric = SetMetric | PairedMetric;
