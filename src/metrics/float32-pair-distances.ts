import type { NumericMatrix } from '../linalg/matrix.js';

/** Float32 numbers in a register of AVX2. */
const lanes = 8;

/**
 * The Euclidean distances of all pairs of a set in float32, bit for bit as `torch.pdist` of PyTorch 2.5.1 gives them on x86 with AVX2
 * (ATen/native/cpu/DistanceOpsKernel.cpp and ATen/cpu/vec/functional_base.h): eight running sums, one of every eighth column, each step
 * a fused multiply-add, added up in halves at the end. Below eight columns there is one sum. Values are taken as float32.
 */
export function float32PairDistances({ rows, columns, data }: NumericMatrix): Float32Array {
  const values = Float32Array.from(data);
  const distances = new Float32Array((rows * (rows - 1)) / 2);
  const sums = new Float32Array(Math.min(lanes, columns));
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let other = row + 1; other < rows; other++) {
      addSquares(values, { left: row * columns, right: other * columns, columns, sums });
      distances[at++] = Math.sqrt(sums.length < lanes ? sumInOrder(sums) : sumInHalves(sums));
    }
  }
  return distances;
}

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly columns: number;
  /** Where the sums go; what it held is overwritten. */
  readonly sums: Float32Array;
}

function addSquares(values: Float32Array, { left, right, columns, sums }: Pair): void {
  sums.fill(0);
  for (let column = 0; column < columns; column++) {
    const difference = Math.fround(values[left + column]! - values[right + column]!);
    // The square of a float32 is exact in float64, so that one rounding is left, as in a fused multiply-add.
    sums[column % lanes] = sums[column % lanes]! + difference * difference;
  }
}

function sumInOrder(sums: Float32Array): number {
  return sums.reduce((sum, value) => Math.fround(sum + value));
}

/** Each half onto the other until one number is left. */
function sumInHalves(sums: Float32Array): number {
  for (let half = lanes / 2; half >= 1; half /= 2) {
    for (let lane = 0; lane < half; lane++) sums[lane] = sums[lane]! + sums[lane + half]!;
  }
  return sums[0]!;
}
