import { BenchError } from '../core/errors.js';

/**
 * What is said when memory does not suffice: onnxruntime's arena (core/framework/bfc_arena.cc: "Failed to allocate memory for requested buffer",
 * "Available memory of N is smaller than requested bytes"), its calls of CUDA, cuBLAS and cuDNN (core/providers/cuda/cuda_call.cc), the driver, WebGPU
 * (Dawn's error type), and C++ and JavaScript on the host. An error of a kernel that merely has BFCArena in its place of origin is none.
 */
const signs: readonly RegExp[] = [
  /out of memory/i,
  /bad_alloc|bad allocation/i,
  /failed to allocate memory/i,
  /BFCArena.*(available memory|failed to (allocate|extend))/is,
  /available memory of \d+ is smaller than requested/i,
  /CUDA failure 2\b|cudaErrorMemoryAllocation|(CUBLAS|CUDNN)_STATUS_ALLOC_FAILED/,
  /array buffer allocation failed/i,
];

/** Whether an error, of whatever provider, says that memory did not suffice. */
export function isOutOfMemory(error: unknown): boolean {
  const message = error instanceof Error ? error.message : String(error);
  return signs.some((sign) => sign.test(message));
}

/** The error that a user reads where `what`, which cannot be made smaller, does not fit; other errors as they are. */
export function explainedOutOfMemory(error: unknown, what: string): unknown {
  if (!isOutOfMemory(error)) return error;
  return new BenchError({
    code: 'out-of-memory',
    kind: 'environment',
    problem: `${what} does not fit into memory`,
    got: error instanceof Error ? error.message : String(error),
    remedy: 'Free memory, import the model with --dtype f16, or use --provider cpu',
    cause: error,
  });
}
