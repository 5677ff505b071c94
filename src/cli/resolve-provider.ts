import { reasonOf } from '../core/outcome.js';
import { probeProvider } from '../models/provider-probe.js';
import type { ExecutionProvider } from '../models/session.js';
import type { Terminal } from './terminal.js';

/** What a command may ask for. */
export const providerChoices = ['auto', 'cuda', 'webgpu', 'cpu'] as const;
export type ProviderChoice = (typeof providerChoices)[number];

/**
 * `auto`: CUDA where a small run on it works, else the CPU; says which, and why not CUDA. WebGPU is taken only where it is asked for by name, since not every
 * network runs on it. Anything else as it is: what is not there is an error later, never another provider.
 */
export async function resolveProvider(
  choice: ProviderChoice,
  { err }: Pick<Terminal, 'err'>,
): Promise<ExecutionProvider> {
  if (choice !== 'auto') return choice;
  const cuda = await probeProvider('cuda');
  err(cuda.status === 'ok' ? 'provider: cuda' : `provider: cpu (cuda: ${reasonOf(cuda)})`);
  return cuda.status === 'ok' ? 'cuda' : 'cpu';
}
