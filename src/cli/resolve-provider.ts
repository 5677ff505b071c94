import { BenchError } from '../core/errors.js';
import { reasonOf } from '../core/outcome.js';
import { keepFloat32Whole } from '../models/provider-name.js';
import { probeProvider } from '../models/provider-probe.js';
import type { ExecutionProvider } from '../models/session.js';
import type { Terminal } from './terminal.js';

/** What a command may ask for. */
export const providerChoices = ['auto', 'cuda', 'webgpu', 'cpu'] as const;
export type ProviderChoice = (typeof providerChoices)[number];

/**
 * `auto`: CUDA where a small run on it works, else the CPU; says which, and why not CUDA. WebGPU is taken only where it is asked for by name, since not every
 * network runs on it. A name is taken as it is: throws a BenchError where a small run on it does not work, never falls back. On CUDA
 * float32 stays whole unless the user has said otherwise.
 */
export async function resolveProvider(
  choice: ProviderChoice,
  { err }: Pick<Terminal, 'err'>,
): Promise<ExecutionProvider> {
  if (choice === 'cpu') return choice;
  const wanted = choice === 'auto' ? 'cuda' : choice;
  // Before the first run there, which the probe is.
  keepFloat32Whole(wanted);
  const probe = await probeProvider(wanted);
  if (probe.status === 'ok') {
    err(`provider: ${wanted}`);
    return wanted;
  }
  if (choice !== 'auto') throw notThere(choice, reasonOf(probe));
  err(`provider: cpu (cuda: ${reasonOf(probe)})`);
  return 'cpu';
}

function notThere(provider: ExecutionProvider, got: string): BenchError {
  return new BenchError({
    code: 'provider-not-available',
    kind: 'environment',
    problem: `a small run on ${provider} does not work`,
    got,
    ...(provider === 'cuda' ? { remedy: '`bench gpu` says what is missing' } : {}),
  });
}
