import { failed, type Outcome, ok, skipped } from '../core/outcome.js';
import { type DistanceBlocks, pairBlocks } from '../linalg/distance-blocks.js';
import { type KernelMeans, kernelMeans } from '../linalg/kernel-means.js';
import { type NumericMatrix, nonFiniteRow } from '../linalg/matrix.js';
import { lowerMedianDistance, lowerMedianRank } from '../linalg/median-distance.js';
import { forCentredDistanceRows } from './centred-distance-rows.js';
import { float32PairDistances } from './float32-pair-distances.js';
import { type Kernel, kernelSum, type ScaledKernel, scaledKernel } from './scaled-kernel.js';

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
/** Sets with as many distances between them (4096 x 4096) are compared in float32. */
const leastInSingles = 2 ** 24;

/**
 * Kernel audio distance (Chung et al. 2025, arXiv:2502.15602): the unbiased estimate of MMD² (Gretton et al. 2012, eq. 3) times 100, with
 * γ = 1 / (2 bandwidth² + 1e-8) as in kadtk (kad.py). It can be negative, and is for a set against itself. The bandwidth is exact; the
 * kernel is taken in float64, and in float32 (each value to about 1e-7, summed in float64) from 2^24 distances between the sets on. Refuses
 * fewer than two rows, values that are not finite (naming the row), different numbers of columns and a bandwidth of 0. Holds some rows
 * of distances, and up to 64 MiB of those within each set.
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
  const refusal = kernelRefusal(reference, evaluated);
  if (refusal !== undefined) return choices.map(() => refusal);
  const pairs = { reference: pairBlocks(reference), evaluated: pairBlocks(evaluated) };
  const medians = new Map<KernelDistanceOptions['bandwidth'], number>();
  const kernels = choices.map(({ kernel, bandwidth }) => {
    if (!medians.has(bandwidth)) medians.set(bandwidth, bandwidthOf(bandwidth, { reference, evaluated, pairs }));
    return scaledKernel(kernel, medians.get(bandwidth)!);
  });
  const means =
    reference.rows * evaluated.rows < leastInSingles
      ? meansInDoubles(reference, evaluated, kernels)
      : kernels.map((kernel) => meansInSingles(reference, evaluated, { kernel, pairs }));
  return kernels.map(({ bandwidth }, index) => {
    const refused = bandwidthRefusal(choices[index]!.bandwidth, bandwidth);
    return refused ?? ok({ value: discrepancy(means[index]!), bandwidth });
  });
}

/** MMD² on the scale of the distance. */
export function discrepancy({ withinX, withinY, across }: KernelMeans): number {
  return scale * (withinX + withinY - 2 * across);
}

interface SetsWithPairs {
  readonly reference: NumericMatrix;
  readonly evaluated: NumericMatrix;
  readonly pairs: { readonly reference: DistanceBlocks; readonly evaluated: DistanceBlocks };
}

function bandwidthOf(bandwidth: KernelDistanceOptions['bandwidth'], { pairs, ...sets }: SetsWithPairs): number {
  if (typeof bandwidth === 'number') return bandwidth;
  if (bandwidth !== 'evaluated-kadtk') return lowerMedianDistance(sets[bandwidth], pairs[bandwidth]);
  const distances = float32PairDistances(sets.evaluated).sort();
  return distances[lowerMedianRank(distances.length)]!;
}

/** Sums of rows are added, which costs fewer digits. */
function meansInDoubles(x: NumericMatrix, y: NumericMatrix, kernels: readonly ScaledKernel[]): KernelMeans[] {
  const sumsOf = (sets: Parameters<typeof forCentredDistanceRows>[0]): number[] => {
    const sums = kernels.map(() => 0);
    forCentredDistanceRows(sets, (_, distances) => {
      kernels.forEach((kernel, index) => {
        sums[index]! += kernelSum(distances, kernel);
      });
    });
    return sums;
  };
  const [withinX, withinY, across] = [sumsOf({ x }), sumsOf({ x: y }), sumsOf({ x, y })] as [
    number[],
    number[],
    number[],
  ];
  return kernels.map((_, index) => ({
    withinX: withinX[index]! / pairCount(x.rows),
    withinY: withinY[index]! / pairCount(y.rows),
    across: across[index]! / (x.rows * y.rows),
  }));
}

function meansInSingles(
  x: NumericMatrix,
  y: NumericMatrix,
  { kernel, pairs }: { readonly kernel: ScaledKernel; readonly pairs: SetsWithPairs['pairs'] },
): KernelMeans {
  return kernelMeans(x, y, {
    sumOf: (block) =>
      kernel.kernel === 'gaussian' ? block.gaussianSum(kernel.gamma) : kernelSum(block.squared, kernel),
    pairsOfX: pairs.reference,
    pairsOfY: pairs.evaluated,
  });
}

export function pairCount(rows: number): number {
  return (rows * (rows - 1)) / 2;
}

/** Why two sets have no kernel distance, whatever the kernel. */
export function kernelRefusal(reference: NumericMatrix, evaluated: NumericMatrix): Outcome<never> | undefined {
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
    const longRow = tooLongRow(set);
    if (longRow !== undefined)
      return failed('too-large', `row ${longRow} of the ${name} set is too long: its square is no number in float32`);
  }
  return undefined;
}

/** Why a bandwidth is none, where it is none. */
export function bandwidthRefusal(
  choice: KernelDistanceOptions['bandwidth'],
  bandwidth: number,
): Outcome<never> | undefined {
  if (bandwidth > 0 && Number.isFinite(bandwidth)) return undefined;
  return typeof choice === 'number'
    ? failed('bad-bandwidth', `the bandwidth must be above 0, got ${bandwidth}`)
    : failed(
        'no-bandwidth',
        `the median distance within the ${choice === 'reference' ? choice : 'evaluated'} set is 0 (duplicates), which is no bandwidth`,
      );
}

/** Rows of this length and more have distances that are no float32 numbers; a quarter is left for differences from the mean. */
const longestSquare = 2 ** 124;

function tooLongRow({ rows, columns, data }: NumericMatrix): number | undefined {
  for (let row = 0; row < rows; row++) {
    let square = 0;
    for (let index = row * columns; index < (row + 1) * columns; index++) square += data[index]! * data[index]!;
    if (!(square < longestSquare)) return row;
  }
  return undefined;
}
