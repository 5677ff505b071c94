import type { FeatureMatrix } from '../core/features.js';
import type { VideoFrames } from '../core/frames.js';
import type { Outcome } from '../core/outcome.js';
import type { Waveform } from '../core/waveform.js';

/** Everything that a system could be allowed to look at. */
export interface Views {
  /** The clip's pictures. */
  readonly frames: VideoFrames;
  /** The clip's own music: only the oracle may look. */
  readonly reference: Outcome<Waveform>;
  /** The music of another clip of the suite, chosen by the run. */
  readonly otherReference: Outcome<Waveform>;
  /** Clips outside the suite with their music, for retrieval. */
  readonly pool: MusicPool;
}

export type ViewName = keyof Views;

export interface MusicPool {
  readonly entries: readonly {
    readonly clipId: string;
    readonly frames: VideoFrames;
    music(): Promise<Outcome<Waveform>>;
  }[];
  /** Picture features of frames through the run's cache; `encoder` is an encoder id. */
  features(frames: VideoFrames, encoder: string): Promise<Outcome<Readonly<Record<string, FeatureMatrix>>>>;
}

export interface GenerationRequest<Sees extends ViewName> {
  readonly durationSeconds: number;
  readonly seed: number;
  readonly views: Pick<Views, Sees>;
  readonly signal?: AbortSignal;
}

/**
 * A system that makes music for a clip. `sees` is a promise kept by the types: `generate` is handed those views only,
 * so a rule-based composer cannot reach a reference or an annotation even by mistake.
 */
export interface Generator<Sees extends ViewName = ViewName> {
  readonly id: string;
  /** Raised by any change that can alter the sound. */
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly sees: readonly Sees[];
  /** Plays the reference recordings themselves: distances to the reference set are 0 by construction and are marked. */
  readonly sameSet: boolean;
  /** A licence line that must be shown wherever the system is shown. */
  readonly licenceNotice?: string;
  /** Of what decides its sound besides version and seed: weights, settings. */
  readonly contentHash?: string;
  /** How many generations it wants in work at a time, because it draws them side by side; left out: as many as the run works on anyway. */
  readonly inWork?: number;
  generate(request: GenerationRequest<Sees>): Promise<Outcome<Waveform>>;
  /** Gives back what it holds, such as networks on a GPU; it takes it again when it is asked for more. Left out: it holds nothing. */
  release?(): Promise<void>;
}
