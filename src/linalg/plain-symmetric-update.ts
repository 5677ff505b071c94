import type { SymmetricUpdate } from './kernels.js';

/** `updateThenMultiply` of the kernels in plain JavaScript. */
export function updateThenMultiply(cells: Float64Array, update: SymmetricUpdate): void {
  const { block, stride, size, u, q } = update;
  for (let row = 0; row < size; row++) {
    const at = block + row * stride;
    const [uRow, qRow] = [cells[u + row]!, cells[q + row]!];
    for (let k = 0; k <= row; k++) cells[at + k] = cells[at + k]! - uRow * cells[q + k]! - qRow * cells[u + k]!;
  }
  for (let row = 0; row < size; row += 2) addRowPair(cells, update, row);
}

/** The part of A·v that rows `row` and `row + 1` of the lower triangle carry, in two partial sums a row. */
function addRowPair(cells: Float64Array, { block, stride, v, w }: SymmetricUpdate, row: number): void {
  const at0 = block + row * stride;
  const at1 = at0 + stride;
  const v0 = cells[v + row]!;
  const v1 = cells[v + row + 1]!;
  const sums = [0, 0, 0, 0] as [number, number, number, number];
  for (let k = 0; k < row; k += 2) {
    for (const lane of [0, 1] as const) {
      const x = cells[at0 + k + lane]!;
      const y = cells[at1 + k + lane]!;
      const vK = cells[v + k + lane]!;
      sums[lane] += x * vK;
      sums[2 + lane]! += y * vK;
      cells[w + k + lane] = cells[w + k + lane]! + x * v0 + y * v1;
    }
  }
  const corner = cells[at1 + row]!;
  cells[w + row] = sums[0] + sums[1] + (cells[at0 + row]! * v0 + corner * v1);
  cells[w + row + 1] = sums[2] + sums[3] + (corner * v0 + cells[at1 + row + 1]! * v1);
}
