import { type DistanceBlocks, pairBlocks, squaredDistance } from './distance-blocks.js';
import { distanceSlack, singleAbove, singleBelow, squaredDistanceLimit } from './distance-bounds.js';
import { float64Of, type NumericMatrix } from './matrix.js';

/** Bins of the first pass: the second then looks at about one pair in some thousand again. */
const binCount = 1 << 16;

/**
 * The lower median of the Euclidean distances of all pairs of rows, that of rank ⌊(pairs - 1) / 2⌋ counted from 0, exact to the rounding
 * of Σ(a - b)². A first pass counts approximate distances in bins, a second one computes the exact ones around the bin of the
 * median. Memory as `pairBlocks`, and 8 bytes for each pair within rounding of the median. Needs at least two rows of finite values.
 */
export function lowerMedianDistance(x: NumericMatrix, pairs: DistanceBlocks = pairBlocks(x)): number {
  if (x.rows < 2) throw new RangeError(`a median of distances needs at least 2 rows, got ${x.rows}`);
  const rank = lowerMedianRank((x.rows * (x.rows - 1)) / 2);
  const exact = float64Of(x);
  const inside: number[] = [];
  const range = approximateRange(x, { from: rank, to: rank, pairs });
  let below = 0;
  pairs((block) => {
    below += block.countBelow(range.from);
    for (const position of block.listWithin({ from: range.from, x: range.to, y: range.to })) {
      inside.push(squaredDistance(exact, exact, { row: block.rowAt(position), other: block.otherAt(position) }));
    }
  });
  return Math.sqrt(Float64Array.from(inside).sort()[rank - below]!);
}

/** The rank, from 0, of the middle value; of an even number of values that of the smaller middle one, as `torch.median`. */
export function lowerMedianRank(count: number): number {
  return Math.floor((count - 1) / 2);
}

export interface RankRange {
  readonly from: number;
  readonly to: number;
  readonly pairs: DistanceBlocks;
}

/**
 * Float32 limits of approximate squared distances: pairs below `from` come before the rank `from` of the exact ones, pairs from `to` on
 * after the rank `to`.
 */
export function approximateRange(
  x: NumericMatrix,
  { from, to, pairs }: RankRange,
): { readonly from: number; readonly to: number } {
  const counts = new Float64Array(binCount);
  const scale = (binCount - 1) / squaredDistanceLimit(x);
  pairs(({ squared }) => {
    for (let k = 0; k < squared.length; k++) {
      const distance = squared[k]!;
      if (distance < Number.POSITIVE_INFINITY) counts[Math.max(0, Math.floor(distance * scale))]! += 1;
    }
  });
  const [first, last] = [binOfRank(counts, from), binOfRank(counts, to)];
  // An approximate distance is off by the slack at most, and so is the approximate distance of a rank. Rounding can make one negative: the
  // first bin has no lower end.
  const slack = 2 * distanceSlack(x);
  const low = first / scale - slack;
  return {
    from: first === 0 || low <= 0 ? Number.NEGATIVE_INFINITY : singleBelow(low),
    to: singleAbove((last + 1) / scale + slack),
  };
}

function binOfRank(counts: Float64Array, rank: number): number {
  let bin = 0;
  for (let before = counts[0]!; before <= rank; before += counts[bin]!) bin++;
  return bin;
}
