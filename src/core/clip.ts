/** One video of a suite with the music that belongs to it. Paths are absolute once a suite is loaded. */
export interface Clip {
  /** Unique in the suite; letters, digits, `.`, `_`, `-`: it names files. */
  readonly id: string;
  /** Left out: this copy of the suite does not have it, and `missing` says why. */
  readonly videoPath?: string;
  /** Why there is no video to work with, as a sentence; the clip keeps its place in every coverage. */
  readonly missing?: string;
  /** A separate sound file; left out: the video's own sound track, if it has one. */
  readonly referencePath?: string;
  /** Why there is no music to hold others against, although the video may have sound. */
  readonly referenceMissing?: string;
  readonly startSeconds: number;
  /** Left out: to the end of the video. */
  readonly durationSeconds?: number;
  /** `test` clips are scored; `pool` clips only feed retrieval. */
  readonly split: 'test' | 'pool';
  /** What the clip shows or how its music should sound, in a sentence; for metrics that hold music against text. */
  readonly caption?: string;
  /** Known truth, for checks only; never shown to a system. */
  readonly annotations?: ClipAnnotations;
  readonly licence?: string;
}

export interface ClipAnnotations {
  readonly beatSeconds: readonly number[];
  readonly cutSeconds: readonly number[];
  readonly valence: number;
  readonly arousal: number;
}
