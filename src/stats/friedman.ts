import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { chiSquareUpperTail } from './chi-square.js';
import { meanRanks, tieGroupSizes } from './mean-ranks.js';
import { nonFiniteSample } from './sample-check.js';

export interface FriedmanTest {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Agreement of the rows, 0 to 1 (Kendall & Babington Smith 1939). */
  readonly kendallW: number;
  /** Of each column; 1 is the smallest value. */
  readonly meanRanks: readonly number[];
  /** The less conservative F statistic on k - 1 and (n - 1)(k - 1) degrees (Iman & Davenport 1980); infinite for equal rows. */
  readonly imanDavenportF: number;
}

/**
 * Friedman's test of "no column tends to larger values", on ranks within each row, corrected for ties (Friedman 1937, JASA
 * 32:675; Conover 1999, ch. 5.8; the values of `scipy.stats.friedmanchisquare`). `rows`: raters or clips, each with a value
 * for every one of at least 3 systems. Not defined where all rows are tied throughout.
 */
export function friedmanTest(rows: readonly (readonly number[])[]): Outcome<FriedmanTest> {
  const columns = rows[0]?.length ?? 0;
  const refusal = unusableRows(rows, columns);
  if (refusal !== undefined) return refusal;
  const ranks = rows.map((row) => meanRanks(row));
  const sums = Array.from({ length: columns }, (_, column) => ranks.reduce((sum, row) => sum + row[column]!, 0));
  const ties = rows.flatMap((row) => tieGroupSizes(row)).reduce((sum, size) => sum + size * (size * size - 1), 0);
  const tieCorrection = 1 - ties / (columns * (columns * columns - 1) * rows.length);
  if (tieCorrection <= 0) return skipped('all values of each row are equal: there are no ranks to compare');
  const centre = (rows.length * (columns + 1)) / 2;
  const squares = sums.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const chiSquare = (12 * squares) / (rows.length * columns * (columns + 1)) / tieCorrection;
  const most = rows.length * (columns - 1);
  return ok({
    chiSquare,
    degreesOfFreedom: columns - 1,
    pValue: chiSquareUpperTail(chiSquare, columns - 1),
    kendallW: chiSquare / most,
    meanRanks: sums.map((sum) => sum / rows.length),
    imanDavenportF: ((rows.length - 1) * chiSquare) / Math.max(0, most - chiSquare),
  });
}

function unusableRows(rows: readonly (readonly number[])[], columns: number): Outcome<never> | undefined {
  if (rows.length === 0) return failed('no-rows', 'the Friedman test needs at least one row');
  if (columns < 3) return failed('too-few-columns', `the Friedman test needs at least 3 systems, got ${columns}`);
  for (const [index, row] of rows.entries()) {
    if (row.length !== columns) {
      return failed('lengths-differ', `row ${index} has ${row.length} values where the first has ${columns}`);
    }
    const broken = nonFiniteSample(row, `row ${index}, value`);
    if (broken !== undefined) return broken;
  }
  return undefined;
}
