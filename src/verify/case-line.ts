import type { Outcome } from '../core/outcome.js';
import type { Difference } from './compare.js';

/** What was measured on one case. */
export interface CaseMeasurement {
  readonly difference: Pick<Difference, 'cells' | 'maxAbsolute' | 'maxRelative'>;
  /** `relative`: the share of each golden value that is allowed beside `absolute`; only where limits are stated so. */
  readonly tolerance: { readonly absolute: number; readonly relative?: number };
  /** Broken limits in words; empty where the case passes. */
  readonly broken: readonly string[];
  /** Said behind `ok`: why there is no number where a refusal was asked for. */
  readonly note?: string;
}

/** One line of the table. An ok outcome with broken limits is a FAIL like a failed one. */
export interface CaseLine {
  readonly name: string;
  readonly outcome: Outcome<CaseMeasurement>;
}

export type CaseStatus = 'passed' | 'failed' | 'skipped';

export function statusOf({ outcome }: CaseLine): CaseStatus {
  if (outcome.status !== 'ok') return outcome.status;
  return outcome.value.broken.length === 0 ? 'passed' : 'failed';
}

export interface CaseCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countCases(lines: readonly CaseLine[]): CaseCounts {
  const count = (status: CaseStatus): number => lines.filter((line) => statusOf(line) === status).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** Whether a case's name contains the pattern, in which `*` stands for any text; everything matches without a pattern. */
export function matchesPattern(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  const expression = pattern
    .split('*')
    .map((text) => text.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    .join('.*');
  return new RegExp(expression).test(name);
}
