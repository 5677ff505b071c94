import {
  distanceSlack,
  forBlockRows,
  forDistanceBlocks,
  squaredDistance,
  squaredDistanceLimit,
} from './distance-blocks.js';
import { float64Of, type NumericMatrix } from './matrix.js';

/** Bins of the first pass: the second then looks at about one pair in some thousand again. */
const binCount = 1 << 16;

/**
 * The lower median of the Euclidean distances of all pairs of rows, that of rank ⌊(pairs - 1) / 2⌋ counted from 0, exact to the rounding
 * of Σ(a - b)². A first pass counts approximate distances in bins, a second one computes the exact ones around the bin of the
 * median. Memory as `forDistanceBlocks`, and 8 bytes for each pair within rounding of the median. Needs at least two rows of finite values.
 */
export function lowerMedianDistance(x: NumericMatrix): number {
  if (x.rows < 2) throw new RangeError(`a median of distances needs at least 2 rows, got ${x.rows}`);
  const rank = Math.floor(((x.rows * (x.rows - 1)) / 2 - 1) / 2);
  const slack = distanceSlack(x);
  const { low, high } = binOfRank(x, rank);
  // An approximate distance is off by the slack at most, and so is the approximate median.
  const window = { from: low - 2 * slack, to: high + 2 * slack };
  const exact = float64Of(x);
  const inside: number[] = [];
  let below = 0;
  forDistanceBlocks({ x }, (block) => {
    forBlockRows(block, { pairsOnly: true }, (row, { firstY, endY, at }) => {
      for (let other = firstY; other < endY; other++) {
        const distance = block.squared[at + other - firstY]!;
        if (distance < window.from) below++;
        else if (distance <= window.to) inside.push(squaredDistance(exact, exact, { row, other }));
      }
    });
  });
  return Math.sqrt(Float64Array.from(inside).sort()[rank - below]!);
}

/** The bin of approximate squared distances that holds the given rank. */
function binOfRank(x: NumericMatrix, rank: number): { readonly low: number; readonly high: number } {
  const counts = new Float64Array(binCount);
  // A limit of 0 means that all rows are equal: everything is in the first bin.
  const scale = (binCount - 1) / (squaredDistanceLimit(x) || 1);
  forDistanceBlocks({ x }, (block) => {
    forBlockRows(block, { pairsOnly: true }, (_row, { firstY, endY, at }) => {
      for (let k = at; k < at + endY - firstY; k++) counts[Math.max(0, Math.floor(block.squared[k]! * scale))]! += 1;
    });
  });
  let bin = 0;
  for (let before = counts[0]!; before <= rank; before += counts[bin]!) bin++;
  // Rounding can make an approximate distance negative: the first bin has no lower end.
  return { low: bin === 0 ? Number.NEGATIVE_INFINITY : bin / scale, high: (bin + 1) / scale };
}
