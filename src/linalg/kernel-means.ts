import type { DistanceBlock } from './distance-block.js';
import { type DistanceBlocks, forDistanceBlocks } from './distance-blocks.js';
import type { NumericMatrix } from './matrix.js';

/** Means of a kernel over two sets, what a maximum mean discrepancy is made of. */
export interface KernelMeans {
  /** Over all pairs of different rows of x, and of y. */
  readonly withinX: number;
  readonly withinY: number;
  /** Over all rows of x and all rows of y. */
  readonly across: number;
}

export interface BlockKernel {
  /** The kernel summed over a block of squared distances, infinite ones adding nothing to speak of. */
  readonly sumOf: (block: DistanceBlock) => number;
  /** The pairs of x or of y, where their distances are known already. */
  readonly pairsOfX?: DistanceBlocks | undefined;
  readonly pairsOfY?: DistanceBlocks | undefined;
}

/**
 * Means of a kernel over the rows of two sets of equal columns, at least two rows each. Distances as in `forDistanceBlocks`:
 * a single kernel value is off by about 1e-7, a mean over many by far less. Nothing of size rows x rows is held.
 */
export function kernelMeans(
  x: NumericMatrix,
  y: NumericMatrix,
  { sumOf, pairsOfX, pairsOfY }: BlockKernel,
): KernelMeans {
  const pairs = (rows: number): number => (rows * (rows - 1)) / 2;
  const sum = (blocks: DistanceBlocks): number => {
    let total = 0;
    blocks((block) => {
      total += sumOf(block);
    });
    return total;
  };
  return {
    withinX: sum(pairsOfX ?? ((visit) => forDistanceBlocks({ x }, visit))) / pairs(x.rows),
    withinY: sum(pairsOfY ?? ((visit) => forDistanceBlocks({ x: y }, visit))) / pairs(y.rows),
    across: sum((visit) => forDistanceBlocks({ x, y }, visit)) / (x.rows * y.rows),
  };
}
