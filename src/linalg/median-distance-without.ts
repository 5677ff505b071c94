import { type DistanceBlocks, pairBlocks, squaredDistance } from './distance-blocks.js';
import { float64Of, type NumericMatrix } from './matrix.js';
import { approximateRange, lowerMedianRank } from './median-distance.js';

export interface GroupedRows {
  /** The group of each row: whole numbers from 0. Rows of groups from `groupCount` on always stay. */
  readonly groupOfRow: Int32Array;
  readonly groupCount: number;
}

/**
 * `lowerMedianDistance` of the rows that stay when each group is left out, with the same bits. Pairs near the median, as many as the
 * largest group belongs to, are sorted once; each median is then counted off among those that stay. Memory as `pairBlocks`, and some 16
 * bytes for each of the pairs near the median. At least two rows stay each time.
 */
export function lowerMedianDistancesWithout(
  x: NumericMatrix,
  { groupOfRow, groupCount }: GroupedRows,
  pairs: DistanceBlocks = pairBlocks(x),
): Float64Array {
  const deletions = deletionsOf(x.rows, { groupOfRow, groupCount });
  const from = deletions.reduce((least, { rank }) => Math.min(least, rank), Number.POSITIVE_INFINITY);
  const to = deletions.reduce((most, { rank, removed }) => Math.max(most, rank + removed), 0);
  const range = approximateRange(x, { from, to, pairs });
  const exact = float64Of(x);
  const near: NearPair[] = [];
  /** Pairs before the range: all, and those of a row of each group. */
  let below = 0;
  const belowOfGroup = new Float64Array(Math.max(groupCount, ...groupOfRow) + 1);
  pairs((block) => {
    const all = { from: Number.NEGATIVE_INFINITY, x: range.from, y: range.from };
    for (const position of block.listWithin(all)) {
      const [first, second] = [groupOfRow[block.rowAt(position)]!, groupOfRow[block.otherAt(position)]!];
      below++;
      belowOfGroup[first]! += 1;
      if (second !== first) belowOfGroup[second]! += 1;
    }
    for (const position of block.listWithin({ from: range.from, x: range.to, y: range.to })) {
      const [row, other] = [block.rowAt(position), block.otherAt(position)];
      const squared = squaredDistance(exact, exact, { row, other });
      near.push({ squared, first: groupOfRow[row]!, second: groupOfRow[other]! });
    }
  });
  near.sort((a, b) => a.squared - b.squared);
  return Float64Array.from(deletions, ({ rank }, group) =>
    Math.sqrt(squaredOfRank(near, { group, rank: rank - (below - belowOfGroup[group]!) })),
  );
}

interface Deletion {
  /** Pairs that go, and the rank of the lower median among those that stay. */
  readonly removed: number;
  readonly rank: number;
}

function deletionsOf(rows: number, { groupOfRow, groupCount }: GroupedRows): Deletion[] {
  const sizes = new Float64Array(groupCount);
  for (const group of groupOfRow) if (group < groupCount) sizes[group]! += 1;
  return Array.from(sizes, (size) => {
    const stay = rows - size;
    if (stay < 2) throw new RangeError(`a median of distances needs at least 2 rows, ${stay} are left`);
    const staying = (stay * (stay - 1)) / 2;
    return { removed: (rows * (rows - 1)) / 2 - staying, rank: lowerMedianRank(staying) };
  });
}

interface NearPair {
  readonly squared: number;
  /** The groups of both rows. */
  readonly first: number;
  readonly second: number;
}

function squaredOfRank(
  near: readonly NearPair[],
  { group, rank }: { readonly group: number; readonly rank: number },
): number {
  let before = 0;
  for (const { squared, first, second } of near) {
    if (first === group || second === group) continue;
    if (before === rank) return squared;
    before++;
  }
  throw new RangeError('the median is not among the pairs near it');
}
