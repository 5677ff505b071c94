import type { FeatureMatrix, FeatureNeed } from '../core/features.js';
import type { Outcome } from '../core/outcome.js';

/** Where scoring reads features from; what is missing comes back as an outcome with the reason. */
export interface FeatureLookup {
  system(systemId: string, clipId: string, seed: number, need: FeatureNeed): Outcome<FeatureMatrix>;
  /** Features of the clip's own music. */
  reference(clipId: string, need: FeatureNeed): Outcome<FeatureMatrix>;
  /** Features of the clip's pictures. */
  video(clipId: string, need: FeatureNeed): Outcome<FeatureMatrix>;
  /** Features of the clip's caption. */
  caption(clipId: string, need: FeatureNeed): Outcome<FeatureMatrix>;
  /** Times that the suite states for the clip; `need.output` is one of `annotationOutputs`. */
  annotations(clipId: string, need: FeatureNeed): Outcome<FeatureMatrix>;
}

/** A system as scoring sees it. */
export interface ScoredSystem {
  readonly id: string;
  /** Plays the reference recordings themselves (`Generator.sameSet`). */
  readonly sameSet: boolean;
}

/** What one metric's figures, baselines and comparisons are computed from. */
export interface ScoringInput {
  readonly systems: readonly ScoredSystem[];
  readonly clipIds: readonly string[];
  /** Generations of each clip; they are averaged or pooled within the clip. */
  readonly seeds: readonly number[];
  readonly features: FeatureLookup;
  /** Root of all randomness of scoring. */
  readonly rngSeed: number;
}
