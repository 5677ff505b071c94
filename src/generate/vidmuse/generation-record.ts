import type { Outcome } from '../../core/outcome.js';
import type { Decoding } from './engine.js';
import type { TrackSettings } from './generate-track.js';
import type { SamplingOptions } from './sampling.js';

/** Everything that decides what a video sounds like, besides its own bytes. */
export interface GenerationSettings extends Omit<TrackSettings, 'framesAtATime'> {
  readonly model: string;
  readonly modelSha256: string;
  readonly generationVersion: number;
  readonly dtype: 'f32' | 'f16';
  readonly provider: string;
  readonly guidance: number;
  readonly sampling: SamplingOptions;
  readonly seed: number;
  /** Longest length; null: that of the video. */
  readonly durationSeconds: number | null;
}

/** A line of `generations.jsonl`: one video that was tried. */
export interface GenerationLine {
  /** Of settings and content; a video with a line and its file is not done again. */
  readonly key: string;
  readonly video: string;
  readonly videoSha256: string | null;
  readonly settings: GenerationSettings;
  /** Left out: nothing was drawn. */
  readonly decoding?: Decoding;
  readonly batch: number;
  readonly licenceNotice: string;
  readonly finishedAt: string;
  readonly outcome: Outcome<MadeTrack>;
}

export interface MadeTrack {
  /** Relative to the folder of the record. */
  readonly path: string;
  readonly sha256: string;
  readonly muxedPath?: string;
  readonly durationSeconds: number;
  readonly windows: number;
  /** From the start of this video to its file; videos side by side share the time. */
  readonly wallSeconds: number;
  /** Wall seconds for each second of music. */
  readonly realTimeFactor: number;
}
