import { wasmModuleOf } from '../../linalg/wasm-module.js';
import { startSums, sumPlaces } from './column-sums.js';
import { flowKernelsBinary } from './flow-kernels-binary.js';
import { plainFlowKernels } from './plain-flow-kernels.js';

/** Size of the pictures of one level. Rows begin a multiple of four pixels apart; what lies between their end and the next row is never read. */
export interface LevelSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly stridePx: number;
}

/** Five values a pixel in float32: `quads` has four beside each other, `fifths` one. Positions count float32 values. */
export interface FiveField {
  readonly quads: number;
  readonly fifths: number;
}

/** Positions count float32 values. */
export interface Expansion {
  readonly image: number;
  /** Where the coefficients go: of y, x, y², x², and xy. */
  readonly coefficients: FiveField;
  /** Six weights each: flat, linear, square. */
  readonly weights: number;
  /** Room for `expansionRoom` values. */
  readonly rows: number;
  readonly slope: number;
  readonly constantCurvature: number;
  readonly curvature: number;
  readonly twist: number;
}

/** Positions count float32 values. */
export interface TensorUpdate {
  readonly first: FiveField;
  readonly second: FiveField;
  /** Two values a pixel: along x and along y. */
  readonly flow: number;
  /** Where AᵀA (yy, xy, xx) and Aᵀb (y, x) go; A and b as in Farnebäck's equations 9 to 12. */
  readonly tensors: FiveField;
  /** What a pixel counts by its column, and by its row. */
  readonly columnWeights: number;
  readonly rowWeights: number;
}

/** Positions count float32 values. */
export interface FlowSolution {
  readonly tensors: FiveField;
  readonly flow: number;
  /** Room for `sumsRoom` values, at an even position. */
  readonly sums: number;
}

/** The inner loops of the flow, over one memory. */
export interface FlowKernels {
  /** Fits a polynomial of second order around each pixel. */
  expand(size: LevelSize, expansion: Expansion): void;
  /** What each pixel says of the displacement near `flow`, by both expansions. */
  updateTensors(size: LevelSize, update: TensorUpdate): void;
  /** Averages over 15 x 15 pixels, beyond the border the nearest, and solves for the displacement. */
  solve(size: LevelSize, solution: FlowSolution): void;
}

/** Float32 values that `expand` needs room for. */
export function expansionRoom({ stridePx }: LevelSize): number {
  return 3 * (stridePx + 16);
}

/** Float32 values that `solve` needs room for. */
export function sumsRoom({ stridePx }: LevelSize): number {
  return 2 * 5 * (stridePx + 16);
}

/** A memory and the kernels that work on it. */
export interface FlowMemory {
  readonly buffer: ArrayBuffer;
  readonly kernels: FlowKernels;
  /** `wasm`: vector instructions of WebAssembly; `plain`: JavaScript. Both give the same bits. */
  readonly kind: 'wasm' | 'plain';
}

/** A new memory of zeros of at least `bytes` bytes, with WebAssembly kernels where the runtime has its vector instructions. */
export function flowMemory(bytes: number, kind?: FlowMemory['kind']): FlowMemory {
  const wasm = kind === 'plain' ? undefined : wasmModule.open(bytes);
  if (wasm === undefined) {
    const buffer = new ArrayBuffer(bytes);
    return { buffer, kernels: plainFlowKernels(buffer), kind: 'plain' };
  }
  return { buffer: wasm.buffer, kernels: wasmKernels(wasm.buffer, wasm.exports as WasmExports), kind: 'wasm' };
}

const wasmModule = wasmModuleOf(flowKernelsBinary);

/** Sizes in pixels, then positions in bytes, then factors. */
interface WasmExports {
  expand(...arguments_: readonly number[]): void;
  updateTensors(...arguments_: readonly number[]): void;
  solve(...arguments_: readonly number[]): void;
}

function wasmKernels(buffer: ArrayBuffer, exports: WasmExports): FlowKernels {
  const cells = { singles: new Float32Array(buffer), doubles: new Float64Array(buffer) };
  const sizesOf = ({ widthPx, heightPx, stridePx }: LevelSize): number[] => [widthPx, heightPx, stridePx];
  const bytesAt = (...positions: readonly number[]): number[] => positions.map((position) => 4 * position);
  const bytesOf = ({ quads, fifths }: FiveField): number[] => bytesAt(quads, fifths);
  return {
    expand: (size, { image, coefficients, weights, rows, slope, constantCurvature, curvature, twist }) =>
      exports.expand(
        ...[...sizesOf(size), ...bytesAt(image), ...bytesOf(coefficients), ...bytesAt(weights, rows)],
        ...[slope, constantCurvature, curvature, twist],
      ),
    updateTensors: (size, { first, second, flow, tensors, columnWeights, rowWeights }) =>
      exports.updateTensors(
        ...[...sizesOf(size), ...bytesOf(first), ...bytesOf(second), ...bytesAt(flow)],
        ...[...bytesOf(tensors), ...bytesAt(columnWeights, rowWeights)],
      ),
    solve: (size, solution) => {
      startSums(cells, size, solution);
      const { quads, fifths } = sumPlaces(size, solution.sums);
      exports.solve(...sizesOf(size), ...bytesOf(solution.tensors), ...bytesAt(solution.flow), 8 * quads, 8 * fifths);
    },
  };
}
