import type { CheckpointOutline } from './architecture.js';

/** How many blocks a checkpoint numbers from 0 under `prefix`: `blocks.0.norm1.weight`, `blocks.1.norm1.weight`, ... */
export function blockCount(
  { tensors }: CheckpointOutline,
  { prefix, tensor }: { readonly prefix: string; readonly tensor: string },
): number {
  let count = 0;
  while (tensors.has(`${prefix}.${count}.${tensor}`)) count++;
  return count;
}
