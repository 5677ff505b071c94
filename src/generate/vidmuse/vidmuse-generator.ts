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
  /** Called once, when the first clip wants music. */
  readonly open: () => Promise<VidmuseEngine>;
}

/** The generator as a system of a run; clips that a run has in work at a time are drawn side by side. */
export function createVidmuseGenerator(options: VidmuseGeneratorOptions): Generator<'frames'> {
  const { id, title, summary, licenceNotice, contentHash, settings, open } = options;
  let engine: Promise<VidmuseEngine> | undefined;
  return {
    ...{ id, title, summary, licenceNotice, contentHash },
    version: generationVersion,
    sees: ['frames'],
    sameSet: false,
    async generate({ durationSeconds, seed, views, signal }) {
      engine ??= open();
      const opened = await engine;
      const track = await generateTrack(opened, { frames: views.frames, durationSeconds, seed, settings, signal });
      return mapOutcome(track, ({ waveform }) => waveform);
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
