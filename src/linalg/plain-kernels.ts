import type { Kernels, StripSolve, TileProduct } from './kernels.js';
import { countBelow, listWithin, roughDistances, squareDistances, sumPowers } from './plain-distances.js';
import { updateThenMultiply } from './plain-symmetric-update.js';

/** Rows of a strip on the `rows` side, in both types. */
const stripRows = 4;

/** The kernels in plain JavaScript, for where WebAssembly has no vectors: the same operations in the same order, hence the same bits. */
export function plainKernels(buffer: ArrayBuffer): Kernels {
  const doubles = new Float64Array(buffer);
  const singles = new Float32Array(buffer);
  const integers = new Int32Array(buffer);
  const shorts = new Int16Array(buffer);
  return {
    multiply: (product) => forTiles(product, 4, (tile) => addTile(doubles, tile)),
    solveStrips: (solve) => solveStrips(doubles, solve),
    multiplySingle: (product) => forTiles(product, 8, (tile) => addSingleTile(singles, tile)),
    multiplyPairs: (product) => forTiles(product, 8, (tile) => addPairsTile(shorts, integers, tile)),
    squareDistances: (tiles) => squareDistances(singles, tiles),
    roughDistances: (tiles) => roughDistances(singles, integers, tiles),
    listWithin: (options) => listWithin(singles, integers, { ...options, from: Math.fround(options.from) }),
    countBelow: ({ limit, ...values }) => countBelow(singles, { ...values, limit: Math.fround(limit) }),
    sumPowers: ({ rate, ...values }) => sumPowers(singles, { ...values, rate: Math.fround(rate) }),
    updateThenMultiply: (update) => updateThenMultiply(doubles, update),
  };
}

/** One tile of the result, `lanes` values for each of four rows. */
interface Tile {
  readonly lanes: number;
  readonly rows: number;
  readonly out: number;
  readonly depth: number;
}

function forTiles(product: TileProduct, laneRows: number, visit: (tile: Tile) => void): void {
  for (let strip = 0; strip < product.laneStrips; strip++) {
    for (let row = 0; row < product.rowStrips; row++) {
      visit({
        lanes: product.lanes + strip * product.laneStep,
        rows: product.rows + row * product.rowStep,
        out: product.out + strip * product.outStep + row * stripRows * laneRows,
        depth: product.depth,
      });
    }
  }
}

/** The 16 sums live in local variables, so that each loaded value is used four times. */
function addTile(cells: Float64Array, { lanes, rows, out, depth }: Tile): void {
  let s00 = cells[out]!;
  let s01 = cells[out + 1]!;
  let s02 = cells[out + 2]!;
  let s03 = cells[out + 3]!;
  let s10 = cells[out + 4]!;
  let s11 = cells[out + 5]!;
  let s12 = cells[out + 6]!;
  let s13 = cells[out + 7]!;
  let s20 = cells[out + 8]!;
  let s21 = cells[out + 9]!;
  let s22 = cells[out + 10]!;
  let s23 = cells[out + 11]!;
  let s30 = cells[out + 12]!;
  let s31 = cells[out + 13]!;
  let s32 = cells[out + 14]!;
  let s33 = cells[out + 15]!;
  for (let k = 0; k < 4 * depth; k += 4) {
    const x0 = cells[lanes + k]!;
    const x1 = cells[lanes + k + 1]!;
    const x2 = cells[lanes + k + 2]!;
    const x3 = cells[lanes + k + 3]!;
    const y0 = cells[rows + k]!;
    s00 += y0 * x0;
    s01 += y0 * x1;
    s02 += y0 * x2;
    s03 += y0 * x3;
    const y1 = cells[rows + k + 1]!;
    s10 += y1 * x0;
    s11 += y1 * x1;
    s12 += y1 * x2;
    s13 += y1 * x3;
    const y2 = cells[rows + k + 2]!;
    s20 += y2 * x0;
    s21 += y2 * x1;
    s22 += y2 * x2;
    s23 += y2 * x3;
    const y3 = cells[rows + k + 3]!;
    s30 += y3 * x0;
    s31 += y3 * x1;
    s32 += y3 * x2;
    s33 += y3 * x3;
  }
  cells.set([s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33], out);
}

function solveStrips(cells: Float64Array, { at, strips, stripStep, square, scales, size }: StripSolve): void {
  for (let strip = at; strip < at + strips * stripStep; strip += stripStep) {
    for (let column = 0; column < size; column++) {
      for (let lane = 0; lane < stripRows; lane++) {
        let sum = cells[strip + 4 * column + lane]!;
        for (let k = 0; k < column; k++) sum -= cells[square + column * size + k]! * cells[strip + 4 * k + lane]!;
        cells[strip + 4 * column + lane] = sum * cells[scales + column]!;
      }
    }
  }
}

/** Eight lanes for each of four rows, every step rounded to float32. */
function addSingleTile(cells: Float32Array, { lanes, rows, out, depth }: Tile): void {
  for (let row = 0; row < stripRows; row++) {
    for (let lane = 0; lane < 8; lane += 4)
      addFourLanes(cells, { lanes: lanes + lane, rows: rows + row, out: out + 8 * row + lane, depth });
  }
}

function addFourLanes(cells: Float32Array, { lanes, rows, out, depth }: Tile): void {
  const { fround } = Math;
  let s0 = cells[out]!;
  let s1 = cells[out + 1]!;
  let s2 = cells[out + 2]!;
  let s3 = cells[out + 3]!;
  for (let k = 0; k < depth; k++) {
    const y = cells[rows + 4 * k]!;
    s0 = fround(s0 + fround(y * cells[lanes + 8 * k]!));
    s1 = fround(s1 + fround(y * cells[lanes + 8 * k + 1]!));
    s2 = fround(s2 + fround(y * cells[lanes + 8 * k + 2]!));
    s3 = fround(s3 + fround(y * cells[lanes + 8 * k + 3]!));
  }
  cells[out] = s0;
  cells[out + 1] = s1;
  cells[out + 2] = s2;
  cells[out + 3] = s3;
}

/** Sums of products of 16-bit integers are exact in float64, and the lower 32 bits of them are what the vector kernel keeps. */
function addPairsTile(shorts: Int16Array, out: Int32Array, tile: Tile): void {
  for (let row = 0; row < stripRows; row++) {
    for (let lane = 0; lane < 8; lane++) {
      const at = tile.out + 8 * row + lane;
      let sum = out[at]!;
      for (let k = 0; k < tile.depth; k++) {
        const x = 2 * (tile.lanes + 8 * k + lane);
        const y = 2 * (tile.rows + 4 * k + row);
        sum += shorts[x]! * shorts[y]! + shorts[x + 1]! * shorts[y + 1]!;
      }
      out[at] = sum;
    }
  }
}
