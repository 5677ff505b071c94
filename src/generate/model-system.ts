import type { ExecutionProvider } from '../models/session.js';
import type { Generator } from './generator.js';

export interface OpenSystemOptions {
  /** Where imported models live; undefined: where the user has them. */
  readonly modelsFolder: string | undefined;
  /** Where stand-ins with weights by formula are kept. */
  readonly untrainedFolder: string;
  readonly provider: ExecutionProvider;
  /** Most clips side by side; left out: what suits the provider. */
  readonly batch?: number | undefined;
  /** Told when memory did not suffice and fewer clips go side by side from now on. */
  readonly onSmallerBatch?: ((batch: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A system that runs networks, as it is listed; opening finds its files. */
export interface ModelSystem {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Throws a BenchError that says how to get networks that are not there. */
  open(options: OpenSystemOptions): Promise<Generator>;
}
