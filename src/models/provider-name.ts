import type { ExecutionProvider } from './session.js';

/** What computes float32, as records and cache keys name it: `cuda-tf32` rounds the factors of products to 10 bits. */
export type ComputedBy = ExecutionProvider | 'cuda-tf32';

/**
 * NVIDIA's own switch for its libraries: 0 keeps float32 products whole. They read it when they are first used, so it is set before any session is on
 * the GPU, and from the main thread, since other threads have a copy of the environment.
 */
const tf32Switch = 'NVIDIA_TF32_OVERRIDE';

/** Keeps float32 whole on CUDA unless the user has set the switch; gives the name under which results are recorded. */
export function keepFloat32Whole(
  provider: ExecutionProvider,
  environment: NodeJS.ProcessEnv = process.env,
): ComputedBy {
  if (provider !== 'cuda') return provider;
  environment[tf32Switch] ??= '0';
  return environment[tf32Switch] === '0' ? 'cuda' : 'cuda-tf32';
}
