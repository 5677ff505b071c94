import type { FeatureMatrix } from '../core/features.js';
import { failed, type Outcome, ok, skipped } from '../core/outcome.js';

/** The number of a [1, 1] matrix. `name` says in messages whose it is. Skipped without a row, failed for another shape or no finite number. */
export function oneValue({ rows, columns, data }: FeatureMatrix, name: string): Outcome<number> {
  if (rows === 0) return skipped(`${name} has no value`);
  if (rows !== 1 || columns !== 1)
    return failed('dimensions-differ', `${name} is ${rows} x ${columns} values, not one value`);
  const value = data[0]!;
  return Number.isFinite(value) ? ok(value) : failed('not-finite', `${name} is ${value}`);
}
