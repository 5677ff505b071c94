import { type KernelMemory, type Kernels, kernelMemory } from './kernels.js';

/** Memory for one computation, handed out in pieces from the front. */
export interface Workspace {
  readonly kernels: Kernels;
  /** The memory as float64, and the same memory as float32: value i of `cells` is values 2i and 2i + 1 of `singles`. */
  readonly cells: Float64Array;
  readonly singles: Float32Array;
  /** The same memory as integers of 32 and 16 bits. */
  readonly integers: Int32Array;
  readonly shorts: Int16Array;
  /** The index in `cells` of the next `count` cells, aligned to 32 bytes and set to zero. */
  reserve(count: number): number;
}

/** Cells that one `reserve` may lose to alignment. */
export const alignmentCells = 4;

/** Memories up to this size are kept for the next computation; larger ones are left to the garbage collector. */
const keptBytes = 8 << 20;

let kept: KernelMemory | undefined;

/**
 * Runs `use` with a workspace of at least `cellCount` cells. Nothing of the workspace may be kept after it: its memory
 * goes to the next caller. `kind` asks for plain JavaScript instead of WebAssembly, to compare the two.
 */
export function withWorkspace<Result>(
  { cellCount, kind }: { readonly cellCount: number; readonly kind?: KernelMemory['kind'] | undefined },
  use: (workspace: Workspace) => Result,
): Result {
  const bytes = 8 * cellCount;
  const reusable = kind === undefined && bytes <= keptBytes;
  const memory = (reusable ? kept : undefined) ?? kernelMemory(reusable ? keptBytes : bytes, kind);
  // While it is in use nobody else may have it, not even a computation that is started from within this one.
  kept = reusable ? undefined : kept;
  try {
    return use(workspaceOver(memory));
  } finally {
    if (reusable) kept = memory;
  }
}

function workspaceOver({ buffer, kernels }: KernelMemory): Workspace {
  const cells = new Float64Array(buffer);
  let free = 0;
  return {
    kernels,
    cells,
    singles: new Float32Array(buffer),
    integers: new Int32Array(buffer),
    shorts: new Int16Array(buffer),
    reserve(count) {
      const at = free;
      free = at + Math.ceil(count / alignmentCells) * alignmentCells;
      if (free > cells.length) throw new RangeError(`a workspace of ${cells.length} cells cannot hold ${free}`);
      cells.fill(0, at, at + count);
      return at;
    },
  };
}
