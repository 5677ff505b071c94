import type { MirroredTiles, Reflection } from './kernels.js';

/** `mirror` of the kernels in plain JavaScript. */
export function mirrorTiles(cells: Float64Array, { at, step, first, end }: MirroredTiles): void {
  for (let i = first; i < end; i++) {
    for (let k = first; k < i; k++) {
      const from = at + i * step + 16 * k;
      const to = at + k * step + 16 * i;
      for (let cell = 0; cell < 16; cell++) cells[to + 4 * (cell & 3) + (cell >> 2)] = cells[from + cell]!;
    }
  }
}

/** Four partial sums, added as the vector kernels add them. */
function dot(
  cells: Float64Array,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < size; k += 4) {
    s0 += cells[x + k]! * cells[y + k]!;
    s1 += cells[x + k + 1]! * cells[y + k + 1]!;
    s2 += cells[x + k + 2]! * cells[y + k + 2]!;
    s3 += cells[x + k + 3]! * cells[y + k + 3]!;
  }
  return s0 + s2 + (s1 + s3);
}

export function reflectRows(cells: Float64Array, { block, stride, size, v, scale }: Reflection): void {
  for (let row = 0; row < size; row++) {
    const at = block + row * stride;
    const factor = scale * dot(cells, { x: at, y: v, size });
    for (let k = 0; k < size; k++) cells[at + k]! -= factor * cells[v + k]!;
  }
}

export function reflectColumns(cells: Float64Array, { block, stride, size, v, scale }: Reflection): void {
  const sums = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const factor = cells[v + row]!;
    for (let k = 0; k < size; k++) sums[k]! += factor * cells[block + row * stride + k]!;
  }
  for (let k = 0; k < size; k++) sums[k]! *= scale;
  for (let row = 0; row < size; row++) {
    const factor = cells[v + row]!;
    for (let k = 0; k < size; k++) cells[block + row * stride + k]! -= factor * sums[k]!;
  }
}

export function reflectSymmetric(cells: Float64Array, reflection: Reflection & { readonly w: number }): void {
  const { block, stride, size, v, w, scale } = reflection;
  cells.fill(0, w, w + size);
  for (let row = 0; row < size; row += 2) addRowPair(cells, reflection, row);
  const half = 0.5 * scale * dot(cells, { x: v, y: w, size });
  for (let k = 0; k < size; k++) cells[w + k] = scale * (cells[w + k]! - half * cells[v + k]!);
  for (let row = 0; row < size; row++) {
    const at = block + row * stride;
    for (let k = 0; k <= row; k++) {
      cells[at + k]! -= cells[v + row]! * cells[w + k]! + cells[w + row]! * cells[v + k]!;
    }
  }
}

/** The part of A·v that rows `row` and `row + 1` of the lower triangle carry. */
function addRowPair(
  cells: Float64Array,
  { block, stride, v, w }: Reflection & { readonly w: number },
  row: number,
): void {
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
      cells[w + k + lane]! += x * v0 + y * v1;
    }
  }
  const corner = cells[at1 + row]!;
  cells[w + row] = sums[0] + sums[1] + (cells[at0 + row]! * v0 + corner * v1);
  cells[w + row + 1] = sums[2] + sums[3] + (corner * v0 + cells[at1 + row + 1]! * v1);
}
