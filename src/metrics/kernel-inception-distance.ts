import type { MersenneTwister } from '../core/mersenne-twister.js';
import { failed, type Outcome, ok } from '../core/outcome.js';
import { float64Of, type Matrix, type NumericMatrix, nonFiniteRow } from '../linalg/matrix.js';
import { multiplyTransposed } from '../linalg/product.js';
import { mean } from '../stats/mean.js';
import { takeRows } from './take-rows.js';

/** (x · y / columns + 1)³ is KID; other degrees and constants are for comparison. */
export interface PolynomialKernel {
  readonly degree?: number;
  /** Factor of the product; 1 / columns if left out. */
  readonly gamma?: number;
  readonly constant?: number;
}

export interface KernelInceptionOptions extends PolynomialKernel {
  /** How many pairs of subsets. */
  readonly subsets: number;
  /** Rows of each subset, drawn without replacement. */
  readonly subsetSize: number;
  /** The draws of torch-fidelity, audioldm_eval and av-benchmark with `mersenneTwister(2020)`. */
  readonly random: Pick<MersenneTwister, 'sample'>;
}

export interface KernelInceptionDistance {
  readonly mean: number;
  /** Standard deviation over subsets with n, not n - 1. */
  readonly deviation: number;
}

/**
 * Kernel inception distance (Bińkowski et al. 2018, arXiv:1801.01401) as torch-fidelity (metric_kid.py) computes it: the unbiased MMD² of
 * pairs of random subsets with a cubic kernel, its mean and deviation. Refuses sets smaller than a subset (av-benchmark and audioldm_eval
 * shrink the subset without a word), values that are not finite and different numbers of columns.
 */
export function kernelInceptionDistance(
  first: NumericMatrix,
  second: NumericMatrix,
  options: KernelInceptionOptions,
): Outcome<KernelInceptionDistance> {
  const refusal = refusalOf(first, second, options);
  if (refusal !== undefined) return refusal;
  const [x, y] = [float64Of(first), float64Of(second)];
  const { subsets, subsetSize, random } = options;
  // Subsets that are the whole sets differ by their order alone, which the estimate does not see.
  const isWhole = subsetSize === x.rows && subsetSize === y.rows;
  const values = Array.from({ length: isWhole ? 1 : subsets }, () => {
    const fromFirst = takeRows(x, random.sample(x.rows, subsetSize));
    return polynomialDiscrepancy(fromFirst, takeRows(y, random.sample(y.rows, subsetSize)), options).unbiased;
  });
  const average = mean(values);
  return ok({ mean: average, deviation: Math.sqrt(mean(values.map((value) => (value - average) ** 2))) });
}

/** Estimates of MMD² of two sets of equally many rows (Gretton et al. 2012, lemma 6). */
export interface Discrepancies {
  /** Without the pairs of a sample and itself. */
  readonly unbiased: number;
  /** With all pairs; never below 0. */
  readonly biased: number;
  /** Without the pairs of equal place between the sets either. */
  readonly uStatistic: number;
}

/** MMD² with a polynomial kernel. Throws a RangeError for sets of different shape or fewer than two rows. */
export function polynomialDiscrepancy(x: Matrix, y: Matrix, kernel: PolynomialKernel = {}): Discrepancies {
  if (x.rows !== y.rows || x.columns !== y.columns || x.rows < 2) {
    throw new RangeError(`MMD of ${x.rows}x${x.columns} against ${y.rows}x${y.columns}`);
  }
  const count = x.rows;
  const [xx, yy, xy] = [kernelSums(x, x, kernel), kernelSums(y, y, kernel), kernelSums(x, y, kernel)];
  const pairs = count * (count - 1);
  const within = (xx.all - xx.diagonal + yy.all - yy.diagonal) / pairs;
  return {
    unbiased: within - (2 * xy.all) / (count * count),
    biased: (xx.all + yy.all - 2 * xy.all) / (count * count),
    uStatistic: within - (2 * (xy.all - xy.diagonal)) / pairs,
  };
}

/** Rows whose products are in memory at a time. */
const rowBlock = 128;

/** The kernel summed over all pairs of rows, a block of rows at a time, and over the pairs of equal place. */
function kernelSums(
  a: Matrix,
  b: Matrix,
  kernel: PolynomialKernel,
): { readonly all: number; readonly diagonal: number } {
  const { degree = 3, gamma = 1 / a.columns, constant = 1 } = kernel;
  let [all, diagonal] = [0, 0];
  for (let from = 0; from < a.rows; from += rowBlock) {
    const rows = Math.min(rowBlock, a.rows - from);
    const block = { rows, columns: a.columns, data: a.data.subarray(from * a.columns, (from + rows) * a.columns) };
    const products = multiplyTransposed(block, b);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let other = 0; other < b.rows; other++) {
        const base = gamma * products.data[row * b.rows + other]! + constant;
        const value = degree === 3 ? base * base * base : base ** degree;
        sum += value;
        if (other === from + row) diagonal += value;
      }
      all += sum;
    }
  }
  return { all, diagonal };
}

function refusalOf(
  first: NumericMatrix,
  second: NumericMatrix,
  { subsets, subsetSize }: KernelInceptionOptions,
): Outcome<never> | undefined {
  if (first.columns !== second.columns) {
    return failed('dimensions-differ', `the first set has ${first.columns} columns, the second ${second.columns}`);
  }
  if (!(subsets >= 1 && subsetSize >= 2)) {
    return failed('bad-subsets', `cannot draw ${subsets} subsets of ${subsetSize} samples`);
  }
  for (const [name, set] of [
    ['first', first],
    ['second', second],
  ] as const) {
    if (set.rows < subsetSize) {
      return failed(
        'subset-too-large',
        `a subset of ${subsetSize} samples is larger than the ${name} set, which has ${set.rows}`,
      );
    }
    const badRow = nonFiniteRow(set);
    if (badRow !== undefined)
      return failed('not-finite', `row ${badRow} of the ${name} set holds a value that is not finite`);
  }
  return undefined;
}
