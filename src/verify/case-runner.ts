import type { Outcome } from '../core/outcome.js';
import type { TensorData } from '../models/session.js';
import type { EncoderFixture } from './fixture.js';
import type { GoldenOutput } from './golden.js';

export const providers = ['cpu', 'cuda', 'webgpu'] as const;
export type Provider = (typeof providers)[number];

export const dtypes = ['f32', 'f16'] as const;
export type Dtype = (typeof dtypes)[number];

/** How the networks are built and where they run. Front ends are not touched by either. */
export interface RunSettings {
  readonly provider: Provider;
  readonly dtype: Dtype;
}

export interface CaseRequest {
  /** Inputs, weights recipe and seed. Inputs and weights have been checked against their SHA-256. */
  readonly fixture: EncoderFixture;
  /** The golden files that are asked for; others need not be computed. */
  readonly wanted: readonly GoldenOutput[];
  readonly settings: RunSettings;
  /** An empty folder for imported models; the caller removes it. */
  readonly workFolder: string;
  readonly signal?: AbortSignal;
}

/** The project's own value for one golden file. */
export interface CaseOutput {
  /** The `file` of the golden output. */
  readonly file: string;
  /** The whole tensor, of which the golden's `slice` selects the stored cells; skipped where the file's kind is not computed yet. */
  readonly outcome: Outcome<TensorData>;
}

/**
 * Computes what the official code of one kind of encoder computed, by the project's own import, graph and front end. Gives the outputs
 * one after the other, so that only one is held in memory; ones that it leaves out count as skipped. Dimensions, seeds, formulas and
 * file names are read from the fixture, never assumed. What it throws fails all cases that it has not given yet.
 */
export interface CaseRunner {
  /** What it stands for, in the words of a skipped line: `vggish`. */
  readonly name: string;
  /** Whether it computes fixtures with this golden `encoder` field. */
  handles(encoder: string): boolean;
  run(request: CaseRequest): AsyncIterable<CaseOutput>;
}
