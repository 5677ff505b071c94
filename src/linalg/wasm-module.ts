const pageBytes = 65_536;

/** A module that works on a memory which it imports as `env.memory`. */
export interface WasmModule {
  /** A new memory of zeros of at least `bytes` bytes and what the module exports over it; undefined where WebAssembly or its vector instructions are missing. */
  open(bytes: number): { readonly buffer: ArrayBuffer; readonly exports: object } | undefined;
}

/** The module with these bytes, in base64; compiled on first use, once. */
export function wasmModuleOf(base64: string): WasmModule {
  let compiled: Compiled | undefined | null = null;
  return {
    open(bytes) {
      if (compiled === null) compiled = compile(base64);
      if (compiled === undefined) return undefined;
      const { api, module } = compiled;
      const memory = new api.Memory({ initial: Math.max(1, Math.ceil(bytes / pageBytes)) });
      return { buffer: memory.buffer, exports: new api.Instance(module, { env: { memory } }).exports };
    },
  };
}

/** The part of WebAssembly's interface that is used; TypeScript declares it for browsers only. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  validate(bytes: Uint8Array): boolean;
}

interface Compiled {
  readonly api: WebAssemblyApi;
  readonly module: object;
}

function compile(base64: string): Compiled | undefined {
  const api = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (api === undefined || !api.validate(bytes)) return undefined;
  return { api, module: new api.Module(bytes) };
}
