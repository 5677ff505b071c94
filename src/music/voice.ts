import type { Rng } from '../core/rng.js';
import type { Note } from './piece.js';

export interface VoiceContext {
  readonly sampleRateHz: number;
  /** The note's own stream, so that one more note elsewhere changes nothing here. */
  readonly rng: Rng;
}

/** One note as mono samples from its start to the end of its release, peak about 1 at full velocity. */
export type Voice = (note: Note, context: VoiceContext) => Float32Array;
