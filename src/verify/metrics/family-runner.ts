import type { Outcome } from '../../core/outcome.js';
import type { MetricCase, MetricFile } from './metric-fixture.js';

/** How far a value may be off: by `absolute + relative * |golden|`. */
export interface MetricTolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** One of the project's own numbers beside the golden one. */
export interface Comparison {
  /** Which number, as the fixture names it: `vendi.2`, `points.3`. */
  readonly field: string;
  readonly own: number;
  /** May be an infinity, which only the same infinity equals. */
  readonly golden: number;
  readonly tolerance: MetricTolerance;
}

/** What a case asks for; the words of the fixture's `outcome`, but for the last. */
export type Expectation =
  /** All numbers within their tolerance. */
  | 'value'
  /** No value, but a tagged outcome (skipped or failed) that names the cause. */
  | 'refuse'
  /** A skipped outcome: not defined, with the reason. */
  | 'undefined'
  /** A refusal, or the numbers with a warning. */
  | 'either'
  /** The numbers, and a warning with them. */
  | 'value with a warning';

/** One line of the table. */
export interface CasePart {
  /** Stands behind the name of the case: `fadtk` gives `frechet/ID.fadtk`. Left out for the case itself. */
  readonly part?: string;
  /** Instead of the case's `outcome`; needed where that is `see`. */
  readonly expects?: Expectation | undefined;
  /**
   * What the project's own functions say about the inputs. An outcome that is not ok is their refusal and passes where one is asked
   * for; whatever is thrown fails the case. `refusalOf` turns a thrown BenchError into a refusal.
   */
  compute(): Outcome<readonly Comparison[]>;
}

/**
 * Checks the cases of one family, which is one file of golden values. It reads inputs, parameters, seeds and tolerances from the case
 * and knows none itself. Parts are only computed when `--only` asks for them, one after the other.
 */
export interface FamilyRunner {
  /** The file's `family`. */
  readonly family: string;
  /** The lines of a case. Throws a BenchError for a case that is not in the format, which fails it. */
  parts(metricCase: MetricCase): readonly CasePart[];
  /** Lines for golden values that stand outside the cases, under names of their own: their `part`. */
  fileParts?(file: MetricFile): readonly CasePart[];
}
