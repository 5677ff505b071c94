import { forBlockRows, forDistanceBlocks } from './distance-blocks.js';
import type { NumericMatrix } from './matrix.js';

/** Means of the kernel over two sets, what a maximum mean discrepancy is made of. */
export interface KernelMeans {
  /** Over all pairs of different rows of x, and of y. */
  readonly withinX: number;
  readonly withinY: number;
  /** Over all rows of x and all rows of y. */
  readonly across: number;
}

/**
 * Means of exp(-gamma d²) over the rows of two sets of equal columns, at least two rows each. Distances as in `forDistanceBlocks`:
 * a single kernel value is off by about 1e-7, a mean over many by far less. Nothing of size rows x rows is held.
 */
export function gaussianKernelMeans(
  x: NumericMatrix,
  y: NumericMatrix,
  { gamma }: { readonly gamma: number },
): KernelMeans {
  const pairs = (rows: number): number => (rows * (rows - 1)) / 2;
  return {
    withinX: kernelSum({ x }, gamma) / pairs(x.rows),
    withinY: kernelSum({ x: y }, gamma) / pairs(y.rows),
    across: kernelSum({ x, y }, gamma) / (x.rows * y.rows),
  };
}

function kernelSum(sets: { readonly x: NumericMatrix; readonly y?: NumericMatrix }, gamma: number): number {
  const { exp } = Math;
  let total = 0;
  forDistanceBlocks(sets, (block) => {
    let sum = 0;
    forBlockRows(block, { pairsOnly: sets.y === undefined }, (_row, { firstY, endY, at }) => {
      // Rounding can make the distance of equal rows negative.
      for (let k = at; k < at + endY - firstY; k++) sum += exp(-gamma * Math.max(0, block.squared[k]!));
    });
    total += sum;
  });
  return total;
}
