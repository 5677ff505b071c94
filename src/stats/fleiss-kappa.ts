import { failed, type Outcome, ok, skipped } from '../core/outcome.js';

export interface FleissKappa {
  /** Chance by the shares of the categories (Fleiss 1971, Psychological Bulletin 76:378). */
  readonly fleiss: number;
  /** Chance by equally likely categories (Randolph 2005). */
  readonly randolph: number;
}

/**
 * Agreement of several raters beyond chance. `counts[subject][category]`: how many chose it; the same number of raters, at least
 * 2, for each subject (the values of statsmodels' `fleiss_kappa`). Not defined where only one category is ever chosen.
 */
export function fleissKappa(counts: readonly (readonly number[])[]): Outcome<FleissKappa> {
  const raters = counts[0]?.reduce((sum, count) => sum + count, 0) ?? 0;
  const categories = counts[0]?.length ?? 0;
  if (raters < 2) return failed('too-few-raters', `agreement needs at least 2 raters, got ${raters}`);
  for (const [subject, row] of counts.entries()) {
    if (!row.every((count) => Number.isInteger(count) && count >= 0))
      return failed('bad-counts', `subject ${subject} has counts that are none`);
    const total = row.reduce((sum, count) => sum + count, 0);
    if (total !== raters || row.length !== categories) {
      return failed(
        'raters-differ',
        `subject ${subject} has ${total} ratings in ${row.length} categories, not ${raters} in ${categories}`,
      );
    }
  }
  const agreeing = counts.flat().reduce((sum, count) => sum + count * (count - 1), 0);
  const agreement = agreeing / (counts.length * raters * (raters - 1));
  const shares = counts[0]!.map(
    (_, category) => counts.reduce((sum, row) => sum + row[category]!, 0) / (counts.length * raters),
  );
  const chance = shares.reduce((sum, share) => sum + share * share, 0);
  if (shares.includes(1)) return skipped('only one category is ever chosen: agreement by chance would be perfect too');
  return ok({
    fleiss: (agreement - chance) / (1 - chance),
    randolph: (agreement - 1 / categories) / (1 - 1 / categories),
  });
}
