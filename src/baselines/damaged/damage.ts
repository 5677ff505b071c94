import type { Outcome } from '../../core/outcome.js';
import type { Rng } from '../../core/rng.js';
import type { Waveform } from '../../core/waveform.js';

export interface DamageInput {
  /** The clip's own music. */
  readonly music: Waveform;
  /** The music of another clip, where the damage asks for it. */
  readonly other?: Waveform;
  readonly level: number;
  /** Begins alike at every level of one clip, so that levels differ in strength only. */
  readonly rng: Rng;
  readonly signal?: AbortSignal;
}

/** A controlled fault with a dial. */
export interface Damage {
  readonly id: string;
  /** Raised by any change that can alter the sound. */
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  /** From the mildest to the worst. */
  readonly levels: readonly number[];
  /** `20 dB`, `500 Hz`. */
  readonly levelText: (level: number) => string;
  readonly needsOther?: boolean;
  apply(input: DamageInput): Promise<Outcome<Waveform>> | Outcome<Waveform>;
}
