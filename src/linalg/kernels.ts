import { fusedKernelsBinary } from './fused-kernels-binary.js';
import { kernelsBinary } from './kernels-binary.js';
import { plainKernels } from './plain-kernels.js';
import { wasmModuleOf } from './wasm-module.js';

/**
 * out += lanes · rowsᵀ over `depth` columns, all three in strips (see strips.ts) of one memory. Positions and steps count
 * values of the kernel's type; a step leads from a strip to the next.
 */
export interface TileProduct {
  readonly lanes: number;
  readonly laneStep: number;
  readonly laneStrips: number;
  readonly rows: number;
  readonly rowStep: number;
  readonly rowStrips: number;
  readonly out: number;
  readonly outStep: number;
  readonly depth: number;
}

/** Strips whose columns are solved for, one lower triangle of `size` rows for all. Positions and steps count float64 values. */
export interface StripSolve {
  readonly at: number;
  readonly strips: number;
  readonly stripStep: number;
  /** Row-major; its diagonal is not read. */
  readonly square: number;
  /** One over the diagonal, or 0 for a column that is to be zeros. */
  readonly scales: number;
  readonly size: number;
}

/** A square block, both triangles' places, of which the lower counts, and vectors of `size` values, an even number. */
export interface SymmetricUpdate {
  readonly block: number;
  readonly stride: number;
  readonly size: number;
  readonly u: number;
  readonly q: number;
  readonly v: number;
  /** Where the product goes. */
  readonly w: number;
}

/**
 * Float32 values in tiles of one row by eight lanes: all rows of the first eight lanes, then of the next eight, and so on. `left` has a value
 * a row, `lanes` one a lane. Positions count float32 values.
 */
export interface DistanceTiles {
  readonly tiles: number;
  readonly rows: number;
  readonly laneStrips: number;
  readonly left: number;
  readonly lanes: number;
}

/** Factors of the products, positions as in `DistanceTiles`. */
export interface TileScales {
  readonly leftScales: number;
  readonly laneScales: number;
}

export interface TileLimits {
  readonly from: number;
  /** Where the positions go, 32-bit integers; in the same unit as `tiles`. */
  readonly list: number;
}

/** Float32 values, a multiple of eight. */
export interface ValueRange {
  readonly at: number;
  readonly count: number;
}

/** The inner loops, over one memory. */
export interface Kernels {
  /** In float64: strips of four rows on both sides. */
  multiply(product: TileProduct): void;
  /** In float32: strips of eight rows for `lanes` and `out`, of four for `rows`. */
  multiplySingle(product: TileProduct): void;
  /** X := X L⁻ᵀ for strips X and a lower triangle L. */
  solveStrips(solve: StripSolve): void;
  /**
   * Of 16-bit integers, pairs of columns in the place of single values: strips as for `multiplySingle`, `out` and its sums 32-bit integers, which
   * must not overflow.
   */
  multiplyPairs(product: TileProduct): void;
  /** Products p become the squared distances |x|² + |y|² - 2p; `left` and `lanes` are the squares. */
  squareDistances(tiles: DistanceTiles): void;
  /** Integer products p become |x|² + |y|² - s t p in float32, with s of the row and t of the lane. */
  roughDistances(tiles: DistanceTiles & TileScales): void;
  /** Lists the positions of values from `from` on and below the limit of their row (`left`) or of their lane; returns how many. */
  listWithin(options: DistanceTiles & TileLimits): number;
  countBelow(values: ValueRange & { readonly limit: number }): number;
  /** Σ 2^(value · rate), rate <= 0, each to about 1e-7; values below 0 count as 0, powers below 2^-126 as that. */
  sumPowers(values: ValueRange & { readonly rate: number }): number;
  /** A -= u qᵀ + q uᵀ for the lower triangle of a symmetric block, then w = A v. */
  updateThenMultiply(update: SymmetricUpdate): void;
}

/** A memory and the kernels that work on it. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  readonly kernels: Kernels;
  /**
   * `fused`: vector instructions of WebAssembly with fused multiply-adds in float64, which round once where the others round twice, and whose last
   * bits depend on whether the processor has them; `wasm`: without; `plain`: JavaScript. The latter two give the same bits, and so do all three
   * in float32 and in integers, where decisions hang on single bits.
   */
  readonly kind: 'fused' | 'wasm' | 'plain';
}

/** A new memory of zeros of at least `bytes` bytes, with the fastest kernels that the runtime has, or of the wanted kind where it has those. */
export function kernelMemory(bytes: number, wanted: KernelMemory['kind'] = 'fused'): KernelMemory {
  for (const kind of ['fused', 'wasm'] as const) {
    if (wanted === 'plain' || (wanted === 'wasm' && kind === 'fused')) continue;
    const wasm = wasmModules[kind].open(bytes);
    if (wasm !== undefined) return { buffer: wasm.buffer, kernels: wasmKernels(wasm.exports as WasmExports), kind };
  }
  const buffer = new ArrayBuffer(bytes);
  return { buffer, kernels: plainKernels(buffer), kind: 'plain' };
}

type WasmProduct = (
  ...arguments_: readonly [number, number, number, number, number, number, number, number, number]
) => void;

interface WasmExports {
  readonly multiply: WasmProduct;
  readonly multiplySingle: WasmProduct;
  readonly multiplyPairs: WasmProduct;
  squareDistances(tiles: number, left: number, lanes: number, laneStrips: number, rowBytes: number): void;
  roughDistances(
    ...arguments_: readonly [
      tiles: number,
      left: number,
      lanes: number,
      laneStrips: number,
      rowBytes: number,
      leftScales: number,
      laneScales: number,
    ]
  ): void;
  listWithin(
    ...arguments_: readonly [
      tiles: number,
      left: number,
      lanes: number,
      laneStrips: number,
      rowBytes: number,
      from: number,
      list: number,
    ]
  ): number;
  countBelow(values: number, bytes: number, limit: number): number;
  sumPowers(values: number, bytes: number, rate: number): number;
  solveStrips(
    ...arguments_: readonly [
      strip: number,
      strips: number,
      stripBytes: number,
      square: number,
      scales: number,
      bytes: number,
    ]
  ): void;
  updateThenMultiply(
    ...arguments_: readonly [block: number, stride: number, bytes: number, u: number, q: number, v: number, w: number]
  ): void;
}

function wasmKernels(exports: WasmExports): Kernels {
  const call = (kernel: WasmProduct, bytes: number, product: TileProduct): void => {
    const { lanes, laneStep, laneStrips, rows, rowStep, rowStrips, out, outStep, depth } = product;
    if (laneStrips < 1 || rowStrips < 1 || depth < 1) return;
    kernel(
      lanes * bytes,
      rows * bytes,
      out * bytes,
      laneStrips,
      rowStrips,
      depth,
      laneStep * bytes,
      rowStep * bytes,
      outStep * bytes,
    );
  };
  return {
    multiply: (product) => call(exports.multiply, 8, product),
    multiplySingle: (product) => call(exports.multiplySingle, 4, product),
    multiplyPairs: (product) => call(exports.multiplyPairs, 4, product),
    squareDistances: ({ tiles, left, lanes, laneStrips, rows }) =>
      exports.squareDistances(4 * tiles, 4 * left, 4 * lanes, laneStrips, 4 * rows),
    roughDistances: ({ tiles, left, lanes, laneStrips, rows, leftScales, laneScales }) =>
      exports.roughDistances(4 * tiles, 4 * left, 4 * lanes, laneStrips, 4 * rows, 4 * leftScales, 4 * laneScales),
    listWithin: ({ tiles, left, lanes, laneStrips, rows, from, list }) =>
      exports.listWithin(4 * tiles, 4 * left, 4 * lanes, laneStrips, 4 * rows, from, 4 * list),
    countBelow: ({ at, count, limit }) => exports.countBelow(4 * at, 4 * count, limit),
    sumPowers: ({ at, count, rate }) => exports.sumPowers(4 * at, 4 * count, rate),
    solveStrips: ({ at, strips, stripStep, square, scales, size }) => {
      if (strips > 0 && size > 0) exports.solveStrips(8 * at, strips, 8 * stripStep, 8 * square, 8 * scales, 8 * size);
    },
    updateThenMultiply: ({ block, stride, size, u, q, v, w }) => {
      if (size > 0) exports.updateThenMultiply(8 * block, 8 * stride, 8 * size, 8 * u, 8 * q, 8 * v, 8 * w);
    },
  };
}

const wasmModules = { fused: wasmModuleOf(fusedKernelsBinary), wasm: wasmModuleOf(kernelsBinary) } as const;
