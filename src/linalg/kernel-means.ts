import { type DistanceBlocks, forDistanceBlocks } from './distance-blocks.js';
import type { NumericMatrix } from './matrix.js';

/** Means of the kernel over two sets, what a maximum mean discrepancy is made of. */
export interface KernelMeans {
  /** Over all pairs of different rows of x, and of y. */
  readonly withinX: number;
  readonly withinY: number;
  /** Over all rows of x and all rows of y. */
  readonly across: number;
}

export interface GaussianKernelOptions {
  readonly gamma: number;
  /** The pairs of x, where their distances are known already. */
  readonly pairsOfX?: DistanceBlocks;
}

/**
 * Means of exp(-gamma d²) over the rows of two sets of equal columns, at least two rows each. Distances as in `forDistanceBlocks`:
 * a single kernel value is off by about 1e-7, a mean over many by far less. Nothing of size rows x rows is held.
 */
export function gaussianKernelMeans(
  x: NumericMatrix,
  y: NumericMatrix,
  { gamma, pairsOfX = (visit) => forDistanceBlocks({ x }, visit) }: GaussianKernelOptions,
): KernelMeans {
  const pairs = (rows: number): number => (rows * (rows - 1)) / 2;
  return {
    withinX: kernelSum(pairsOfX, gamma) / pairs(x.rows),
    withinY: kernelSum((visit) => forDistanceBlocks({ x: y }, visit), gamma) / pairs(y.rows),
    across: kernelSum((visit) => forDistanceBlocks({ x, y }, visit), gamma) / (x.rows * y.rows),
  };
}

function kernelSum(blocks: DistanceBlocks, gamma: number): number {
  let sum = 0;
  blocks((block) => {
    sum += block.gaussianSum(gamma);
  });
  return sum;
}
