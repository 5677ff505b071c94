import type { Outcome } from '../core/outcome.js';
import type { Coverage, Estimate } from '../core/score.js';

/** A damage as the audit sees it: systems from the mildest to the worst level. */
export interface AuditedDamage {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly levels: readonly { readonly systemId: string; readonly text: string }[];
}

/** What one level of a damage did to a metric. */
export interface ResponsePoint {
  readonly systemId: string;
  readonly levelText: string;
  readonly outcome: Outcome<Estimate>;
  readonly coverage: Coverage;
  readonly change: Outcome<Change>;
}

export interface Change {
  /** Damaged minus undamaged. */
  readonly difference: Estimate;
  /** The same, positive where the metric calls the damaged sound worse; for metrics that judge nothing, its size. */
  readonly worsening: number;
  /** `worsening` in parts of the metric's span, where it has one. */
  readonly spans?: number;
  /** Holm's correction over all damages and levels of the metric. */
  readonly adjustedPValue: number;
  /** Told apart from undamaged, and by a hundredth of the span at least: equal but for rounding is not a response. */
  readonly noticed: boolean;
}

export interface ResponseCurve {
  readonly damageId: string;
  readonly points: readonly ResponsePoint[];
  /**
   * Share of the pairs of levels (undamaged included) in which the stronger damage scores worse; pairs of equal values count half. 1:
   * always worse; 0.5: no order; 0: always better.
   */
  readonly monotonicity: Outcome<number>;
  /** Mean worsening over the levels, in the metric's unit: what damages of one metric are ranked by. */
  readonly meanWorsening: Outcome<number>;
  /** The mildest level that was noticed and from which on all are; left out: none. */
  readonly noticedFrom?: string;
}

/** The distance that a worsening is read against: undamaged music to the metric's own yardstick. */
export interface Span {
  readonly value: number;
  readonly meaning: string;
}

/** How a metric's value depends on the number of clips alone: real music against real music. */
export interface SampleSizeCurve {
  readonly meaning: string;
  readonly points: readonly { readonly clipCount: number; readonly outcome: Outcome<number> }[];
}

export interface MetricAudit {
  readonly metricId: string;
  readonly metricVersion: number;
  readonly undamaged: Outcome<Estimate>;
  readonly span: Outcome<Span>;
  /** In the order of the damages. */
  readonly curves: readonly ResponseCurve[];
  /** Damages from the one that the metric minds most; those without a response value come last. */
  readonly sensitivity: readonly { readonly damageId: string; readonly rank: Outcome<number> }[];
  readonly sampleSize: Outcome<SampleSizeCurve>;
}
