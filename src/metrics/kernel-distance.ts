import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { float64Of, type Matrix, type NumericMatrix, nonFiniteRow } from '../linalg/matrix.js';
import { forDistanceRows, pairDistances } from './distance-rows.js';
import { float32PairDistances } from './float32-pair-distances.js';

/** Kernels of the squared distance s: exp(-γ s), 1 / (1 + γ s) and (1 + γ s)^-½. */
export type Kernel = 'gaussian' | 'iq' | 'imq';

export interface KernelDistanceOptions {
  readonly kernel: Kernel;
  /**
   * A length, or the set whose median distance between pairs it is. The paper takes the reference; kadtk takes the evaluated set, so
   * that two systems are measured with different kernels (kadtk issue 9). `evaluated-kadtk` is that median in float32, as kadtk has it
   * from PyTorch.
   */
  readonly bandwidth: 'reference' | 'evaluated' | 'evaluated-kadtk' | number;
}

/** 100 times the squared maximum mean discrepancy, with what it was computed from. */
export interface KernelDistance {
  readonly value: number;
  /** The length that was used. */
  readonly bandwidth: number;
}

/** The scale on which kernel audio distances are reported (kadtk, kad.py). */
const scale = 100;
/** Added to 2 bandwidth², as in kadtk. */
const gammaEpsilon = 1e-8;

/**
 * Kernel audio distance (Chung et al. 2025, arXiv:2502.15602): the unbiased estimate of MMD² (Gretton et al. 2012, eq. 3) times 100, with
 * γ = 1 / (2 bandwidth² + 1e-8) as in kadtk (kad.py). It can be negative, and is for a set against itself. Float64 throughout, from
 * direct differences, so that a common offset costs nothing. Refuses fewer than two rows, values that are not finite (naming the row),
 * different numbers of columns and a bandwidth of 0. Holds 8 bytes a pair of a set.
 */
export function kernelDistance(
  reference: NumericMatrix,
  evaluated: NumericMatrix,
  options: KernelDistanceOptions,
): Outcome<KernelDistance> {
  const [distance] = kernelDistances(reference, evaluated, [options]);
  return distance!;
}

/** Several kernel distances of the same two sets, for the price of one set of distances. */
export function kernelDistances(
  reference: NumericMatrix,
  evaluated: NumericMatrix,
  choices: readonly KernelDistanceOptions[],
): Outcome<KernelDistance>[] {
  const refusal = refusalOf(reference, evaluated);
  if (refusal !== undefined) return choices.map(() => refusal);
  const [x, y] = [float64Of(reference), float64Of(evaluated)];
  const pairs = { reference: pairDistances(x).sort(), evaluated: pairDistances(y).sort() };
  const kernels = choices.map(({ kernel, bandwidth }) => kernelOf(kernel, bandwidthOf(bandwidth, { ...pairs, y })));
  const between = meansBetween(x, y, kernels);
  return kernels.map((kernel, index) => {
    if (!(kernel.bandwidth > 0 && Number.isFinite(kernel.bandwidth)))
      return noBandwidth(choices[index]!.bandwidth, kernel.bandwidth);
    const within = meanOf(pairs.reference, kernel) + meanOf(pairs.evaluated, kernel);
    return ok({ value: scale * (within - 2 * between[index]!), bandwidth: kernel.bandwidth });
  });
}

interface Pairs {
  /** Squared distances within a set, ascending. */
  readonly reference: Float64Array;
  readonly evaluated: Float64Array;
  /** The evaluated set itself. */
  readonly y: Matrix;
}

function bandwidthOf(bandwidth: KernelDistanceOptions['bandwidth'], pairs: Pairs): number {
  if (typeof bandwidth === 'number') return bandwidth;
  if (bandwidth === 'evaluated-kadtk') return lowerMedian(float32PairDistances(pairs.y).sort());
  return Math.sqrt(lowerMedian(pairs[bandwidth]));
}

/** The middle value; of an even number of values the smaller middle one, as `torch.median`. */
function lowerMedian(sorted: Float32Array | Float64Array): number {
  return sorted[(sorted.length - 1) >> 1]!;
}

interface ScaledKernel {
  readonly bandwidth: number;
  readonly valueAt: (squaredDistance: number) => number;
}

function kernelOf(kernel: Kernel, bandwidth: number): ScaledKernel {
  const gamma = 1 / (2 * bandwidth * bandwidth + gammaEpsilon);
  switch (kernel) {
    case 'gaussian':
      return { bandwidth, valueAt: (squared) => Math.exp(-gamma * squared) };
    case 'iq':
      return { bandwidth, valueAt: (squared) => 1 / (1 + gamma * squared) };
    case 'imq':
      return { bandwidth, valueAt: (squared) => 1 / Math.sqrt(1 + gamma * squared) };
  }
}

function meanOf(squares: Float64Array, { valueAt }: ScaledKernel): number {
  let sum = 0;
  for (const squared of squares) sum += valueAt(squared);
  return sum / squares.length;
}

/** The mean of each kernel over all pairs of one row of either set; sums of rows are added, which costs fewer digits. */
function meansBetween(x: Matrix, y: Matrix, kernels: readonly ScaledKernel[]): number[] {
  const sums = kernels.map(() => 0);
  forDistanceRows(x, y, (_, distances) => {
    kernels.forEach((kernel, index) => {
      sums[index]! += meanOf(distances, kernel);
    });
  });
  return sums.map((sum) => sum / x.rows);
}

function refusalOf(reference: NumericMatrix, evaluated: NumericMatrix): Outcome<never> | undefined {
  if (reference.columns !== evaluated.columns) {
    return failed(
      'dimensions-differ',
      `the reference set has ${reference.columns} columns, the evaluated set ${evaluated.columns}`,
    );
  }
  for (const [name, set] of [
    ['reference', reference],
    ['evaluated', evaluated],
  ] as const) {
    if (set.rows < 2) return skipped(`a kernel distance needs at least 2 samples, the ${name} set has ${set.rows}`);
    const badRow = nonFiniteRow(set);
    if (badRow !== undefined) {
      return failed('not-finite', `row ${badRow} of the ${name} set holds a value that is not finite`);
    }
  }
  return undefined;
}

function noBandwidth(choice: KernelDistanceOptions['bandwidth'], bandwidth: number): Outcome<never> {
  return typeof choice === 'number'
    ? failed('bad-bandwidth', `the bandwidth must be above 0, got ${bandwidth}`)
    : failed(
        'no-bandwidth',
        `the median distance within the ${choice === 'reference' ? choice : 'evaluated'} set is 0 (duplicates), which is no bandwidth`,
      );
}
