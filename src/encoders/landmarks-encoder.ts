import type { Features } from '../core/features.js';
import { failed, type Outcome, ok } from '../core/outcome.js';
import { landmarkColumns, landmarksToMatrix } from '../dsp/landmark-matrix.js';
import { findLandmarks, landmarkRateHz } from '../dsp/landmarks.js';
import type { AudioEncoder } from './encoder.js';
import { unusableSound } from './unusable-sound.js';

const longestSeconds = 2 ** 24 / landmarkRateHz;

/** Pairs of spectral peaks by which a recording is known again: [landmarks, 4], exact in float32 (`dsp/landmark-matrix`). */
export function createLandmarksEncoder(): AudioEncoder {
  return {
    id: 'landmarks',
    version: 1,
    summary: 'Pairs of spectral peaks that tell recordings apart',
    parameters: {},
    outputs: [
      {
        name: 'landmarks',
        columns: landmarkColumns,
        summary: 'key, frame, samples of the sound at 8 kHz, number in the sound',
      },
    ],
    modality: 'audio',
    sampleRateHz: landmarkRateHz,
    loudnessMatched: false,
    async encode(mono, { signal } = {}): Promise<Outcome<Features>> {
      signal?.throwIfAborted();
      const unusable = unusableSound(mono);
      if (unusable !== undefined) return unusable;
      if (mono.length > longestSeconds * landmarkRateHz)
        return failed('sound-too-long', `landmarks are kept of at most ${Math.floor(longestSeconds)} s of sound`);
      return ok({ landmarks: landmarksToMatrix(findLandmarks(mono)) });
    },
  };
}
