import { mapOutcome } from '../../core/outcome.js';
import type { Generator } from '../generator.js';
import type { VidmuseEngine } from './engine.js';
import { generateTrack, generationVersion, type TrackSettings } from './generate-track.js';

export interface VidmuseGeneratorOptions {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** A line that must be shown wherever the system is. */
  readonly licenceNotice: string;
  /** Of weights and settings. */
  readonly contentHash: string;
  readonly settings: TrackSettings;
  /** Most windows side by side. */
  readonly batch: number;
  /** Called when the first clip wants music. */
  readonly open: () => Promise<VidmuseEngine>;
}

/** The generator as a system of a run; clips that a run has in work at a time are drawn side by side. */
export function createVidmuseGenerator(options: VidmuseGeneratorOptions): Generator<'frames'> {
  const { id, title, summary, licenceNotice, contentHash, settings, batch, open } = options;
  let engine: Promise<VidmuseEngine> | undefined;
  return {
    ...{ id, title, summary, licenceNotice, contentHash },
    version: generationVersion,
    sees: ['frames'],
    sameSet: false,
    // The next ones' pictures are ready when places become free.
    inWork: 2 * batch,
    async generate({ durationSeconds, seed, views, signal }) {
      engine ??= open();
      const opened = await engine;
      const track = await generateTrack(opened, { frames: views.frames, durationSeconds, seed, settings, signal });
      return mapOutcome(track, ({ waveform }) => waveform);
    },
    async release() {
      const opened = engine;
      engine = undefined;
      // One that could not be opened has been told of by every clip.
      await opened?.then(
        (one) => one[Symbol.asyncDispose](),
        () => undefined,
      );
    },
  };
}

/** What a run generates with, and what `bench generate` does unless told otherwise. */
export const defaultTrackSettings: TrackSettings = {
  compat: 'fixed',
  antialias: false,
  loudness: 'upstream',
  framesAtATime: 1,
};
