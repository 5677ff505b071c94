import { kernelsBinary } from './kernels-binary.js';
import { plainKernels } from './plain-kernels.js';

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

/** Tiles (i, k) of a square matrix in strips, first <= k < i < end, for `mirror`. */
export interface MirroredTiles {
  readonly at: number;
  /** Values from a strip to the next. */
  readonly step: number;
  readonly first: number;
  readonly end: number;
}

/** A square block of `size` rows, a multiple of four, and the reflection 1 - scale v vᵀ; positions count float64 values. */
export interface Reflection {
  readonly block: number;
  /** Values from a row of the block to the next. */
  readonly stride: number;
  readonly size: number;
  readonly v: number;
  readonly scale: number;
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
  /** Products p become the squared distances |x|² + |y|² - 2p; `left` and `lanes` are the squares. */
  squareDistances(tiles: DistanceTiles): void;
  /** Lists the positions of values from `from` on and below the limit of their row (`left`) or of their lane; returns how many. */
  listWithin(options: DistanceTiles & TileLimits): number;
  countBelow(values: ValueRange & { readonly limit: number }): number;
  /** Σ 2^(value · rate), rate <= 0, each to about 1e-7; values below 0 count as 0, powers below 2^-126 as that. */
  sumPowers(values: ValueRange & { readonly rate: number }): number;
  /** Copies tiles below the diagonal, transposed, to those above it. */
  mirror(tiles: MirroredTiles): void;
  /** The block times the reflection. */
  reflectRows(reflection: Reflection): void;
  /** The reflection times the block. */
  reflectColumns(reflection: Reflection): void;
  /** Both, for the lower triangle of a symmetric block; `w` is scratch of `size` values. */
  reflectSymmetric(reflection: Reflection & { readonly w: number }): void;
}

/** A memory and the kernels that work on it. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  readonly kernels: Kernels;
  /** `wasm`: vector instructions of WebAssembly; `plain`: JavaScript. Both give the same bits. */
  readonly kind: 'wasm' | 'plain';
}

/** A new memory of zeros of at least `bytes` bytes, with WebAssembly kernels where the runtime has its vector instructions. */
export function kernelMemory(bytes: number, kind?: KernelMemory['kind']): KernelMemory {
  const wasm = kind === 'plain' ? undefined : wasmModule();
  if (wasm === undefined) {
    const buffer = new ArrayBuffer(bytes);
    return { buffer, kernels: plainKernels(buffer), kind: 'plain' };
  }
  const memory = new wasm.api.Memory({ initial: Math.max(1, Math.ceil(bytes / pageBytes)) });
  const { exports } = new wasm.api.Instance(wasm.module, { env: { memory } });
  return { buffer: memory.buffer, kernels: wasmKernels(exports as WasmExports), kind: 'wasm' };
}

const pageBytes = 65_536;

type WasmProduct = (
  ...arguments_: readonly [number, number, number, number, number, number, number, number, number]
) => void;

interface WasmExports {
  readonly multiply: WasmProduct;
  readonly multiplySingle: WasmProduct;
  squareDistances(tiles: number, left: number, lanes: number, laneStrips: number, rowBytes: number): void;
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
  mirror(at: number, stripBytes: number, first: number, end: number): void;
  reflectRows(block: number, stride: number, rows: number, bytes: number, v: number, scale: number): void;
  reflectColumns(block: number, stride: number, rows: number, bytes: number, v: number, scale: number): void;
  reflectSymmetric(block: number, stride: number, bytes: number, v: number, w: number, scale: number): void;
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
    squareDistances: ({ tiles, left, lanes, laneStrips, rows }) =>
      exports.squareDistances(4 * tiles, 4 * left, 4 * lanes, laneStrips, 4 * rows),
    listWithin: ({ tiles, left, lanes, laneStrips, rows, from, list }) =>
      exports.listWithin(4 * tiles, 4 * left, 4 * lanes, laneStrips, 4 * rows, from, 4 * list),
    countBelow: ({ at, count, limit }) => exports.countBelow(4 * at, 4 * count, limit),
    sumPowers: ({ at, count, rate }) => exports.sumPowers(4 * at, 4 * count, rate),
    mirror: ({ at, step, first, end }) => exports.mirror(8 * at, 8 * step, first, end),
    reflectRows: ({ block, stride, size, v, scale }) =>
      exports.reflectRows(8 * block, 8 * stride, size, 8 * size, 8 * v, scale),
    reflectColumns: ({ block, stride, size, v, scale }) =>
      exports.reflectColumns(8 * block, 8 * stride, size, 8 * size, 8 * v, scale),
    reflectSymmetric: ({ block, stride, size, v, w, scale }) =>
      exports.reflectSymmetric(8 * block, 8 * stride, 8 * size, 8 * v, 8 * w, scale),
  };
}

/** The part of WebAssembly's interface that is used; TypeScript declares it for browsers only. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  validate(bytes: Uint8Array): boolean;
}

interface WasmModule {
  readonly api: WebAssemblyApi;
  readonly module: object;
}

let compiled: { readonly wasm: WasmModule | undefined } | undefined;

/** The compiled module, once; undefined where WebAssembly or its vector instructions are missing. */
function wasmModule(): WasmModule | undefined {
  compiled ??= { wasm: compile() };
  return compiled.wasm;
}

function compile(): WasmModule | undefined {
  const api = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
  const bytes = Uint8Array.from(atob(kernelsBinary), (character) => character.charCodeAt(0));
  if (api === undefined || !api.validate(bytes)) return undefined;
  return { api, module: new api.Module(bytes) };
}
