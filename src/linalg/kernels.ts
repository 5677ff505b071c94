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

/** The inner loops, over one memory. */
export interface Kernels {
  /** In float64: strips of four rows on both sides. */
  multiply(product: TileProduct): void;
  /** In float32: strips of eight rows for `lanes` and `out`, of four for `rows`. */
  multiplySingle(product: TileProduct): void;
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
